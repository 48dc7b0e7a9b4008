/** What people ask for, by queue: category, subject, and how long such a thing takes (office hours). */
export const requests: readonly { readonly queue: string; readonly category: string; readonly hours: number; readonly subjects: readonly string[] }[] = [
  { queue: 'Workplace', category: 'printing', hours: 12, subjects: ['Labels do not print in hall 3', 'Printer on the second floor prints everything twice', 'Scanner sends nothing to the folder', 'Delivery notes come out without the logo'] },
  { queue: 'Workplace', category: 'devices', hours: 18, subjects: ['Laptop fan never stops', 'Screen stays black after the docking station', 'New starter on Monday has no notebook yet', 'Keyboard loses letters', 'Headset cracks in calls'] },
  { queue: 'Workplace', category: 'software', hours: 16, subjects: ['Spreadsheet with macros will not open', 'Update closed all my windows in the middle of payroll', 'Please install the drawing viewer on four machines', 'Calendar shows meetings an hour late'] },
  { queue: 'Access', category: 'passwords', hours: 5, subjects: ['Locked out after the holiday', 'Second factor still on my old phone', 'Colleague back from parental leave needs access', 'Password reset mail never arrives'] },
  { queue: 'Access', category: 'permissions', hours: 10, subjects: ['Folder of the works council must be closed again', 'Apprentice sees the salary folder', 'Need rights for the new cost centre', 'Shared mailbox missing for two people'] },
  { queue: 'Network', category: 'connection', hours: 16, subjects: ['Wireless drops in the meeting room every hour', 'Branch office slow since this morning', 'Tills offline at the back entrance', 'Remote access ends after ten minutes'] },
  { queue: 'Network', category: 'telephony', hours: 17, subjects: ['Calls to the hotline end in nothing', 'Voice box full and nobody can empty it', 'Number of the warehouse rings at reception'] },
  { queue: 'Servers', category: 'performance', hours: 24, subjects: ['Ordering system takes a minute per item', 'Nightly report not ready at eight', 'File server full again', 'Database stands still at month end'] },
  { queue: 'Servers', category: 'backup', hours: 20, subjects: ['Please bring back a folder from Tuesday', 'Backup report says yellow for three days', 'Restore test for the auditors'] },
  { queue: 'Mail', category: 'mail', hours: 11, subjects: ['Mails to one customer come back', 'Invoice mails land in junk', 'Out-of-office answers everybody twice', 'Suspicious mail, I did click on it'] },
];

export const agentReplies: readonly string[] = [
  'I had a look and can see the fault. I will be back to you today.', 'Could you try once more and tell me the exact message?', 'Thank you, that helps. I am on it.',
  'This needs the network team, I have asked them and stay your contact.', 'A part is ordered and should arrive tomorrow.', 'I have changed a setting. Please watch it for a day.',
  'Can I connect to your machine at two?', 'I have put a replacement in place so that you can go on working.', 'We found the cause and are testing the repair.',
];

export const customerReplies: readonly string[] = [
  'It still does it, about once an hour.', 'Yes, two is fine, I am at my desk.', 'Message attached. It comes when I save.', 'Only our floor has it, the others are fine.',
  'Any news? Month end is Thursday.', 'Works for me now, my colleague still has it.', 'Sorry for the late answer, I was on the road.', 'Tried that already, as I wrote at the start.',
  'Thank you, that was quick.', 'Please ring me, writing takes longer than the fault.',
];

export const resolutions: readonly string[] = [
  'Driver replaced and tested with the user.', 'Rights set and confirmed by the team lead.', 'Access point exchanged.', 'Mail rule corrected, ten test mails arrived.', 'Disk extended, alarm set earlier.',
  'Device exchanged, data moved.', 'Cable was loose behind the cabinet.', 'Service restarted, cause handed to the product team.', 'Folder restored from the night before.', 'Update rolled back for the department.',
];

export const reopenReasons: readonly string[] = [
  'Came back overnight.', 'Closed without asking us, it still happens.', 'Works on one machine of three.', 'Same fault as last week.', 'Was fine for two days, now again.', 'Nobody tested it in the late shift.',
];

export const escalationReasons: readonly string[] = [
  'Shipping stands still.', 'Third time this month.', 'Their management asked for a time.', 'Nobody feels responsible between the two teams.', 'Waiting for four days without a word.',
];
