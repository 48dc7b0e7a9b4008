export { closeCluster as default } from './cluster.mjs';
