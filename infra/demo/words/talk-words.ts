export const talkNotes: readonly string[] = [
  'Asked how the new starters get on; all well.', 'Went through open tickets, two can be closed.', 'Wants a list of devices older than four years.', 'Plans to move the warehouse next spring.',
  'Happy with the night cover.', 'Asked for training on the portal.', 'Budget round starts in autumn, wants figures before.', 'Spoke about the second site, no decision yet.', 'Short call, nothing open.',
  'Has a new colleague in purchasing.', 'Works council asks about remote help.', 'Would like fewer mails and one summary.', 'Auditors come in May and want the restore test.', 'Praised the person on site.',
  'Wondered about the price of storage.', 'Asked who covers for the holidays.',
];

export const payerNotes: readonly string[] = [
  'Went through the costs of the quarter; in line with the plan.', 'Asks what the next price step will be.', 'Satisfied, wants the report a week earlier.', 'Compares us with the group contract.', 'Cleared two invoice lines.',
  'Wants to see what the service saved.', 'Likes that one person is responsible.',
];

export const messageNotes: readonly string[] = ['Sent the figures of the month.', 'Shared the plan for the update weekend.', 'Holiday cover announced.', 'Sent the list of old devices.', 'Thanked for the quick approval.'];

export const observations: readonly string[] = ['A new head of IT starts soon.', 'They are hiring in two towns.', 'Local paper reports a good year.', 'Their web shop was down on Sunday; not ours.', 'Reception says they will move in summer.'];

export const reviewNotes: readonly string[] = ['Figures accepted, two goals for the next half-year.', 'Good mood, one wish: earlier warnings.', 'Went through the goals one by one.', 'Asked for a comparison with companies of their size.'];

export const promisesMade: readonly string[] = [
  'A spare printer in hall 3', 'One page of figures before the board meeting', 'A fixed contact for the late shift', 'Training for the new team leads', 'A cleaned-up list of licences',
  'The restore test before the audit', 'Call back with a plan for the branch office', 'An offer for the second site', 'Fewer automatic mails',
];

export const goalsSet: readonly string[] = [
  'New starters can work on their first day', 'Half as many tickets about printing', 'Every notebook younger than four years', 'Restore of any folder within two hours', 'One sign-on for all systems', 'Month end without overtime in accounting',
  'Late shift gets the same help as the early shift', 'Nobody waits more than a day for access', 'Branch offices as fast as the head office',
];

export const outcomesClaimed: readonly string[] = ['Starters wait two days less', 'Tickets about printing down by a third', 'Month end one evening shorter', 'Access granted on the same day', 'One outage less than the year before'];

/** Why a sale was lost, as codes. */
export const lostBecause: readonly string[] = ['price', 'service', 'price', 'features', 'service', 'relationship'];

export const competitors: readonly string[] = ['Brightfold Services', 'Nimbletoad IT', 'Cloudhutch', 'Evergrind Systems'];
