/**
 * The order of an article's versions as one number for Elasticsearch's external versioning: the version number in the
 * upper 31 bits, the second of versionCreated in the lower 32. It never comes from Kafka's offsets, so that a replay
 * ends in the same documents.
 *
 * @param version version number, 0 to 2^31 - 1
 * @param versionCreated ISO 8601, 1970 to 2099
 * @returns a positive 63-bit integer: bigger is newer; equal means the same version to the second
 */
export function externalVersion(version: number, versionCreated: string): bigint {
  return (BigInt(version) << 32n) | BigInt(Math.floor(Date.parse(versionCreated) / 1000));
}
