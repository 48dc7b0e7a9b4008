export { openCluster as default } from './cluster.mjs';
