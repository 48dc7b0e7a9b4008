import { InvalidArgumentError } from 'commander';

/** What an option says, in digits. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}
