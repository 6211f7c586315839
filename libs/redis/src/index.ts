export { connectRedis, type GuardedRedis } from './connect-redis.ts';
export { redisEnvironment, type RedisConfig } from './environment.ts';
export type { RedisClient } from './redis-connections.ts';
