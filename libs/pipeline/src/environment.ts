import { z } from 'zod';

/** Every mistake of a configuration, in one message. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** The environment's variables, as a process has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment by a schema whose keys are the variables' names. An empty variable counts as absent.
 *
 * @throws ConfigurationError that names every variable that is wrong, what is expected and what it is for
 */
export function parseEnvironment<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Environment,
): z.infer<Schema> {
  const { value, mistakes } = readVariables(schema, environment);
  if (value === undefined) throw mistakesError(mistakes);
  return value;
}

/**
 * Reads the environment by two schemas, each with its own checks across variables, into one configuration.
 *
 * @throws ConfigurationError with the mistakes of both
 */
export function parseEnvironments<One extends z.ZodObject, Other extends z.ZodObject>(
  one: One,
  other: Other,
  environment: Environment,
): z.infer<One> & z.infer<Other> {
  const first = readVariables(one, environment);
  const second = readVariables(other, environment);
  if (first.value === undefined || second.value === undefined) {
    throw mistakesError([...first.mistakes, ...second.mistakes]);
  }
  return { ...first.value, ...second.value };
}

function readVariables<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Environment,
): { value: z.infer<Schema> | undefined; mistakes: readonly string[] } {
  const given = Object.fromEntries(
    Object.keys(schema.shape)
      .map((name) => [name, environment[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  if (result.success) return { value: result.data, mistakes: [] };
  const variables = describeEnvironment(schema);
  const mistakes = result.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '');
    const about = variables.find((variable) => variable.name === name)?.description;
    const wrong = given[name] === undefined && issue.code === 'invalid_type' ? 'is not set' : issue.message;
    return `${name}: ${wrong}${about ? ` (${about})` : ''}`;
  });
  return { value: undefined, mistakes };
}

const mistakesError = (mistakes: readonly string[]): ConfigurationError =>
  new ConfigurationError(
    `The configuration has ${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}:\n  ${mistakes.join('\n  ')}`,
  );

/** One variable of a configuration, for help and documentation. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly description: string;
  /** As it would be written in the environment; undefined where there is none. */
  readonly default: string | undefined;
  readonly required: boolean;
}

/** Lists the variables of a configuration schema. */
export function describeEnvironment(schema: z.ZodObject): EnvironmentVariable[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => {
    const byDefault = field instanceof z.ZodDefault ? field.def.defaultValue : undefined;
    return {
      name,
      description: field.description ?? '',
      default:
        byDefault === undefined
          ? undefined
          : Array.isArray(byDefault)
            ? byDefault.join(',')
            : String(byDefault),
      required: !field.isOptional(),
    };
  });
}

/** A list in one variable, separated by commas. */
export const commaList = z.string().transform((list, context) => {
  const items = list
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  if (items.length === 0)
    context.addIssue({ code: 'custom', message: 'expected a list separated by commas' });
  return items;
});

/** A whole number in a variable. */
export const wholeNumber = (min: number, max: number) => {
  const error = `expected a whole number from ${min} to ${max}`;
  return z.coerce.number<string>({ error }).int(error).min(min, error).max(max, error);
};
