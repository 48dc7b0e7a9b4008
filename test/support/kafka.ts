/**
 * The bootstrap address of the Kafka that the test run shares; started when the first test asks for it. `TEST_KAFKA_BROKERS` names another one.
 * @throws Error when there is no Java or Maven; the message says what to install
 */
export async function testBroker(): Promise<string> {
  const given = process.env['TEST_KAFKA_BROKERS'];
  if (given) return given;
  const cluster = process.env['TOUCHLINE_TEST_CLUSTER'];
  if (!cluster) throw new Error('No test broker: run the tests with "npm test", or set TEST_KAFKA_BROKERS.');
  const response = await fetch(`${cluster}/kafka`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
}
