import { wholeNumber } from '@wirefold/pipeline';
import { z } from 'zod';

/** Variables of translate's own. */
export const translateEnvironment = z
  .object({
    TRANSLATE_ENGINE: z
      .enum(['none', 'apertium'])
      .default('none')
      .describe('Translation engine; none: articles stay in their language, with the status untranslated'),
    APERTIUM_URL: z
      .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
      .optional()
      .describe(
        'Where Apertium-APy answers, such as http://127.0.0.1:2737; needed by TRANSLATE_ENGINE=apertium',
      ),
    APERTIUM_TIMEOUT_MS: wholeNumber(100, 600_000)
      .default(30_000)
      .describe('Time that one request to Apertium may take, in milliseconds'),
    APERTIUM_MAX_REQUEST_CHARACTERS: wholeNumber(200, 100_000)
      .default(5_000)
      .describe('Longest text of one request to Apertium; longer ones are split'),
    APERTIUM_LANGUAGES_TTL_MS: wholeNumber(0, 86_400_000)
      .default(300_000)
      .describe("How long Apertium's list of languages is believed, in milliseconds"),
    TRANSLATE_MAX_CHARACTERS: wholeNumber(1, 10_000_000)
      .default(200_000)
      .describe('Articles longer than this stay untranslated'),
    TRANSLATE_CONCURRENCY: wholeNumber(1, 256).default(4).describe('Articles that are translated at once'),
    TRANSLATE_TIME_BUDGET_MS: wholeNumber(1_000, 3_600_000)
      .default(40_000)
      .describe(
        'Time that one article may take, in milliseconds; over it, it is rejected; less than STALL_MS',
      ),
  })
  .refine((variables) => variables.TRANSLATE_ENGINE !== 'apertium' || variables.APERTIUM_URL !== undefined, {
    path: ['APERTIUM_URL'],
    error: 'needed by TRANSLATE_ENGINE=apertium',
    // Also when another variable is wrong: every mistake is said at once.
    when: () => true,
  });

export type TranslateConfig = z.infer<typeof translateEnvironment>;
