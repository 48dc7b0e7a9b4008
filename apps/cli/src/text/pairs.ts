import { InvalidArgumentError } from 'commander';

/** Reads an option that is given several times, each as name=value. @throws InvalidArgumentError saying how it is said */
export const pairsOf = (how: string) => (text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const [, name, value] = /^([A-Za-z]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError(`Say it as ${how}.`);
  return { ...before, [name]: value };
};
