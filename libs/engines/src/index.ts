export { engineVariables, type Environment } from './addresses.ts';
export { chooseEngines, EnginesUnavailable, type Finding, type Findings } from './choose-engines.ts';
export {
  type EngineAddresses,
  type EngineEvent,
  type EngineKind,
  type EngineName,
  engineNames,
  type EngineProcess,
  type Engines,
  EngineStartFailed,
  type OnProgress,
} from './engine.ts';
export { startKafkaCluster, type KafkaCluster, type KafkaClusterOptions } from './kafka-cluster.ts';
export { findFreePort } from './ports.ts';
export {
  startRedisClusterNodes,
  type RedisClusterNode,
  type RedisClusterOptions,
  type RedisClusterProcesses,
} from './redis-cluster.ts';
export { startEngines, type StartEnginesOptions } from './start-engines.ts';
