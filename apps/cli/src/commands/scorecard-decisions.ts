import type { Command } from 'commander';
import type { CardFinding, Progress } from '#insight';
import type { BandMoves } from '#read-model';
import { progressLine } from '../text/progress-line.js';
import { ask } from '../http/ask.js';
import { longAnswer } from '../http/long-answer.js';
import { cardIn } from '../scorecard/card-file.js';
import { effectLines } from '../scorecard/effect-lines.js';
import { wholeNumber } from '../text/whole-number.js';
import { type CommandContext, connectionFor, given } from './command-context.js';
import { findingLines } from './scorecard-check.js';

interface Drafted { readonly id: string; readonly version: number; readonly status: 'drafted' | 'unchanged'; readonly findings: readonly CardFinding[] }
interface Published { readonly card: string; readonly version: number; readonly effect: BandMoves | null; readonly scores: boolean; readonly visible: boolean }
interface Options { readonly reason?: string; readonly versionOf?: number; readonly json?: boolean }

const pathOf = (id: string, action: string): string => `/v1/scorecards/${encodeURIComponent(id)}/${action}`;

export function addDecisions(parent: Command, context: CommandContext): void {
  const { out, err } = context.terminal;
  const reasoned = (name: string, what: string) => parent.command(name).description(what).option('--reason <text>', 'why; no personal data').option('--json', 'as JSON');
  const reasonOf = (command: Command, reason: string | undefined) => given(command, '--reason <text>', reason);

  const draft = reasoned('draft', 'Store a scorecard as a new version; it scores nobody yet. Exit code 2 when it could not be published.').argument('<file>', 'a scorecard as JSON')
    .action(async (file: string, { reason, json }: Options) => {
      const answer = await ask<Drafted>(connectionFor(draft, context), '/v1/scorecards', { method: 'POST', body: { card: await cardIn(file), reason: reasonOf(draft, reason) } });
      const isFlawed = answer.findings.some(({ level }) => level === 'error');
      if (isFlawed) context.exitWith(2);
      (json ? [JSON.stringify(answer, null, 2)] : [
        answer.status === 'unchanged' ? `Nothing changed: ${answer.id} is as it was.` : `${answer.id} version ${answer.version} is drafted.`, ...findingLines(answer.findings),
        ...(isFlawed ? ['It cannot be published as it is: correct it, and draft it again.'] : answer.status === 'unchanged' ? [] : [`Try it on the whole history: touchline scorecard simulate ${answer.id}. Then: touchline scorecard publish ${answer.id} --reason "..."`]),
      ]).forEach(out);
    });

  const decide = async (command: Command, path: string, body: object, json: boolean | undefined) => {
    const { published } = await longAnswer<Progress, { published: Published }>(connectionFor(command, context), path, { body, again: 'Say it again: what was decided is not decided twice.', progress: (progress) => err(progressLine(progress)) });
    (json ? [JSON.stringify(published, null, 2)] : [
      `${published.card} version ${published.version} is in force.`,
      ...(published.scores ? [...effectLines(published.effect), ...(published.visible ? [] : ['Lists and pages follow in a moment.']), `Back: touchline scorecard revert ${published.card} --reason "..."`] : [`It scores nobody yet: touchline scorecard assign whole --otherwise ${published.card} --reason "..." (or payer, or user, in place of whole)`]),
    ]).forEach(out);
  };
  const publish = reasoned('publish', 'Bring a version into force: it scores whom it is assigned to, for all time.').argument('<id>').option('--version-of <n>', 'this version; the newest when left out', wholeNumber)
    .action((id: string, { reason, versionOf, json }: Options) => decide(publish, pathOf(id, 'publish'), { reason: reasonOf(publish, reason), ...(versionOf === undefined ? {} : { version: versionOf }) }, json));
  const revert = reasoned('revert', 'Bring the version into force that was before.').argument('<id>')
    .action((id: string, { reason, json }: Options) => decide(revert, pathOf(id, 'revert'), { reason: reasonOf(revert, reason) }, json));

  const retire = reasoned('retire', 'Take a scorecard out of force that scores nobody.').argument('<id>')
    .action(async (id: string, { reason, json }: Options) => {
      const answer = await ask<object>(connectionFor(retire, context), pathOf(id, 'retire'), { method: 'POST', body: { reason: reasonOf(retire, reason) } });
      out(json ? JSON.stringify(answer, null, 2) : `${id} is retired.`);
    });
}
