/** Limits of what is accepted; a message over one of them goes to a dead letter queue with a reason that names it. */
export const limits = {
  /** Content of a scraped article, in bytes of UTF-8, and in bytes of a page that is sent as it came: 2 MiB. */
  contentBytes: 2 * 1024 * 1024,
  /** Content in base64, four characters for three bytes: 2 MiB of bytes, with padding. */
  contentBase64Characters: 4 * Math.ceil((2 * 1024 * 1024) / 3),
  /** `uri`, in bytes of UTF-8: fits an Elasticsearch keyword and a Kafka key with ease. */
  uriBytes: 2048,
  urlCharacters: 8192,
  titleCharacters: 2000,
  /** Names, bylines, notices. */
  shortTextCharacters: 4000,
  /** Depth of nesting of a message's JSON. */
  jsonDepth: 64,
  /**
   * Values of a message's JSON: texts, numbers, objects, lists and what is in them. 5,000 entities of a dozen values each fit;
   * each value becomes an object or a key in every stage.
   */
  jsonValues: 100_000,
  /** Decompressed size of one record batch: 64 MiB. */
  decompressedBytes: 64 * 1024 * 1024,
} as const;

/** Params of a check that is such a limit: a message that is only too large is told from one that is wrong. */
export const sizeLimit = { reason: 'too-large' } as const;
