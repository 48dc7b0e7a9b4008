import { spawnSync } from 'node:child_process';

/** There is no broker to be had here; the message says what to do. */
export class BrokerUnavailable extends Error {
  override readonly name = 'BrokerUnavailable';
}

const INSTALL = 'Debian, Ubuntu: apt-get install default-jdk-headless maven; macOS: brew install openjdk maven; Windows: winget install Microsoft.OpenJDK.21, and Maven from its site.';

/** The least that a 4.x broker runs on. */
const LEAST_JAVA = 17;

/** @throws BrokerUnavailable when there is no Java, or one that is too old */
export function needJava(command = 'java'): void {
  const said = run(command, ['-version']);
  const version = said === undefined ? undefined : /version "(?:1\.)?(\d+)/.exec(said)?.[1];
  if (version === undefined) throw new BrokerUnavailable(`Kafka needs Java ${LEAST_JAVA} or newer, and "${command}" does not run. ${INSTALL}`);
  if (Number(version) < LEAST_JAVA) throw new BrokerUnavailable(`Kafka needs Java ${LEAST_JAVA} or newer; "${command}" is Java ${version}. ${INSTALL}`);
}

/** @throws BrokerUnavailable when there is no Maven */
export function needMaven(command = 'mvn'): void {
  if (run(command, ['-v']) === undefined) throw new BrokerUnavailable(`Kafka's jars are fetched by Maven, and "${command}" does not run. ${INSTALL}`);
}

function run(command: string, args: readonly string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', shell: process.platform === 'win32' });
  return status === 0 ? stdout + stderr : undefined;
}
