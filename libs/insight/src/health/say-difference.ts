import { dateWords, pointsWords, sentence } from '../words.js';
import { eventWords } from './event-words.js';

/** "A ticket was reopened on 2 Nov and cost 4 points." */
export function sayEvent(type: string, points: number, day: number, today: number): string {
  return sentence(`${eventWords(type)} on ${dateWords(day, today)} and ${effect(points)}`);
}

/** "As time passed, two-way contact cost 3 points." */
export function sayTime(label: string, points: number): string {
  return sentence(`as time passed, ${label.charAt(0).toLowerCase()}${label.slice(1)} ${effect(points)}`);
}

function effect(points: number): string {
  return points === 0 ? 'moved points between measures only' : `${points < 0 ? 'cost' : 'brought'} ${pointsWords(points)}`;
}
