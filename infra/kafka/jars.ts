import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { BrokerUnavailable, needMaven } from './tools.js';

const KAFKA_VERSION = '4.3.1';

/** Kafka still logs through slf4j 1.7; the bridge of slf4j 2 would stay silent. */
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>touchline</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA_VERSION}</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>2.25.1</version></dependency>
  </dependencies>
</project>
`;

/** Where the jars are kept for all checkouts of this user. */
export const jarCache = (home = homedir()): string => join(home, '.cache', 'touchline', `kafka-${KAFKA_VERSION}`);

/**
 * The folder of Kafka's jars; fetched from Maven Central when they are not there yet (44 MB).
 * @throws BrokerUnavailable when they cannot be fetched
 */
export async function ensureJars(cache: string, log: (line: string) => void): Promise<string> {
  const lib = join(cache, 'lib');
  if (existsSync(lib)) return lib;
  needMaven();
  mkdirSync(cache, { recursive: true });
  // Under a name of its own until it is whole: a download that was cut short is never taken for one.
  const unfinished = mkdtempSync(join(cache, 'fetching-'));
  try {
    writeFileSync(join(unfinished, 'pom.xml'), POM);
    log(`Fetching Kafka ${KAFKA_VERSION} from Maven Central (44 MB, once) into ${lib} …`);
    await fetchInto(unfinished, log);
    try {
      renameSync(join(unfinished, 'lib'), lib);
    } catch (error) {
      // Another process was faster.
      if (!existsSync(lib)) throw error;
    }
    return lib;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

async function fetchInto(folder: string, log: (line: string) => void): Promise<void> {
  const lib = join(folder, 'lib');
  const args = ['-B', '-ntp', '-f', join(folder, 'pom.xml'), 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${lib}`];
  const child = spawn('mvn', args, { cwd: dirname(folder), stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { said = (said + text).slice(-4_000); });
  const progress = setInterval(() => log(`… ${existsSync(lib) ? readdirSync(lib).length : 0} jars are there`), 2_000);
  try {
    const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (code !== 0) throw new Error(said.trim());
  } catch (error) {
    throw new BrokerUnavailable(`Maven could not fetch Kafka's jars:\n${(error as Error).message}`);
  } finally {
    clearInterval(progress);
  }
}
