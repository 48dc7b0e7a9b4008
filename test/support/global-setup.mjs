import { openCluster } from './cluster.mjs';

/** Says which Node runs the tests; `TEST_NODE_VERSION` names the one that is wanted. */
export default async function setUp(...args) {
  const wanted = process.env.TEST_NODE_VERSION;
  if (wanted && process.version !== `v${wanted}`) throw new Error(`The tests are to run under Node ${wanted}, and this is ${process.version}.`);
  process.stdout.write(`\nTests under Node ${process.version}\n`);
  return openCluster(...args);
}
