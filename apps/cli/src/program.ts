import { Command, CommanderError } from 'commander';
import { softwareVersion } from '#startup';
import { addAnswers } from './commands/answers.js';
import { addCertify } from './commands/certify.js';
import { addChurn } from './commands/churn.js';
import { addDemand } from './commands/demand.js';
import { addDoctor } from './commands/doctor.js';
import { addEconomics } from './commands/economics.js';
import { addEpoch } from './commands/epoch.js';
import { addErase } from './commands/erase.js';
import { addEventsCopy } from './commands/events-copy.js';
import { addEventsTail } from './commands/events-tail.js';
import { addExperience } from './commands/experience.js';
import { addRevenue } from './commands/revenue.js';
import { addFeedback } from './commands/feedback.js';
import { addImport } from './commands/import.js';
import { addJourney } from './commands/journey.js';
import { addKafka } from './commands/kafka.js';
import { addLog } from './commands/log.js';
import { addOverride } from './commands/override.js';
import { addPlaybook } from './commands/playbook.js';
import { addProjections } from './commands/projections.js';
import { addRecoveries } from './commands/recoveries.js';
import { addRecovery } from './commands/recovery.js';
import { addReport } from './commands/report.js';
import { addScorecard } from './commands/scorecard.js';
import { addSurvey } from './commands/survey.js';
import { addTask } from './commands/task.js';
import { addTasks } from './commands/tasks.js';
import { addToday } from './commands/today.js';
import { addVerify } from './commands/verify.js';
import { addWebhooks } from './commands/webhooks.js';
import { addWhatIf } from './commands/what-if.js';
import { addWhy } from './commands/why.js';
import { CliError, type Terminal } from './terminal.js';

const HELP = `
Where to: --url and --key, else TOUCHLINE_URL and TOUCHLINE_KEY, else what \`npm start\` left behind.

Examples:
  touchline today
  touchline done crm:4711 --outcome reached --note "Will sign in June"
  touchline why crm:4711
  touchline import tickets.csv --map tickets.yaml --dry-run`;

/** Runs one command line. The exit code: 0 done, 1 failed, 2 done but not everything was taken. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let exitCode = 0;
  // Commander would print our own version in place of running the command.
  if (args.length > 1 && args.some((arg) => arg === '--version' || arg === '-V')) {
    terminal.err('error: --version is that of touchline itself and stands alone; which version of something is --version-of.');
    return 1;
  }
  const program = new Command('touchline').description('Who is at risk, why, since when, and what to do today.')
    .version(softwareVersion()).exitOverride().showHelpAfterError('(touchline --help tells more)')
    .option('--url <url>', 'address of the API').option('--key <key>', 'API key')
    .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: (text) => terminal.err(text.trimEnd()) })
    .addHelpText('after', HELP);
  const context = { terminal, exitWith: (code: number) => void (exitCode = code) };
  const commands = [
    addToday, addTasks, addTask, addPlaybook,
    addAnswers, addFeedback, addRecoveries, addRecovery, addSurvey, addExperience, addRevenue, addEconomics, addDemand, addReport, addJourney,
    addWhy, addCertify, addWhatIf, addOverride, addImport, addChurn, addScorecard, addProjections, addKafka, addWebhooks, addErase, addEventsTail, addDoctor, addVerify, addLog, addEpoch, addEventsCopy,
  ];
  for (const add of commands) add(program, context);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return explain(error, terminal);
  }
}

function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode;
  if (error instanceof CliError) {
    terminal.err(error.message);
    return error.exitCode;
  }
  terminal.err((error as Error).stack ?? String(error));
  return 1;
}
