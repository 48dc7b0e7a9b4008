import type { Command } from 'commander';
import { type Connection, connectionOf, type ConnectionOptions } from '../settings.js';
import type { Terminal } from '../terminal.js';

/** What every command gets: where to write, and with whom to talk (looked up when first needed). */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Set by a command that ended without a failure but not well. */
  readonly exitWith: (code: number) => void;
}

/** An option that has to be given, looked at after the arguments, so that who gives nothing hears of the first of them first. */
export function given<T>(command: Command, flags: string, value: T | undefined): T {
  return value ?? command.error(`error: required option '${flags}' not specified`);
}

export function connectionFor(command: Command, { terminal }: CommandContext): Connection {
  return connectionOf(command.optsWithGlobals<ConnectionOptions>(), terminal.env, terminal.err);
}
