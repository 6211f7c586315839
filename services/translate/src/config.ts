import { foldEnvironment } from '@wirefold/folding';
import { wholeNumber } from '@wirefold/pipeline';
import { redisEnvironment } from '@wirefold/redis';
import { z } from 'zod';

interface Chosen {
  readonly TRANSLATE_ENGINE: string;
  readonly APERTIUM_URL?: string | undefined;
  readonly REDIS_URL?: string | undefined;
}

const needed = (variable: keyof Chosen, by: string, when: (variables: Chosen) => boolean) => ({
  when: (variables: Chosen) => !when(variables) || variables[variable] !== undefined,
  // Also when another variable is wrong: every mistake is said at once.
  problem: { path: [variable], error: `needed by TRANSLATE_ENGINE=${by}`, when: () => true },
});
const needsApertium = needed(
  'APERTIUM_URL',
  'apertium',
  ({ TRANSLATE_ENGINE: engine }) => engine === 'apertium',
);
const needsRedis = needed('REDIS_URL', 'apertium', ({ TRANSLATE_ENGINE: engine }) => engine !== 'none');

/** Variables of translating itself, which needs no Redis. */
export const translatingEnvironment = z
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
  .refine(needsApertium.when, needsApertium.problem);

export type TranslatingConfig = z.infer<typeof translatingEnvironment>;

/** Variables of the translate service, which folds once more what it translated. */
export const translateEnvironment = z
  .object({
    ...translatingEnvironment.shape,
    ...redisEnvironment.shape,
    REDIS_URL: redisEnvironment.shape.REDIS_URL.optional().describe(
      'Redis in which clean folds; needed where there is a TRANSLATE_ENGINE, as the English text is folded too',
    ),
    ...foldEnvironment.omit({ FOLD_POLICY: true }).shape,
  })
  .refine(needsApertium.when, needsApertium.problem)
  .refine(needsRedis.when, needsRedis.problem);
export type TranslateConfig = z.infer<typeof translateEnvironment>;
