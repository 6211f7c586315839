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
export function parseEnvironment<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  environment: Environment,
): z.infer<z.ZodObject<Shape>> {
  const given = Object.fromEntries(
    Object.keys(schema.shape)
      .map((name) => [name, environment[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const variables = describeEnvironment(schema);
  const lines = result.error.issues.map((issue) => {
    const name = issue.path.join('.');
    const about = variables.find((variable) => variable.name === name)?.description;
    const wrong = given[name] === undefined ? 'is not set' : issue.message;
    return `  ${name}: ${wrong}${about ? ` (${about})` : ''}`;
  });
  throw new ConfigurationError(
    `The configuration has ${lines.length} ${lines.length === 1 ? 'mistake' : 'mistakes'}:\n${lines.join('\n')}`,
  );
}

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
export const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number<string>({ error: 'expected a whole number' })
    .int('expected a whole number')
    .min(min)
    .max(max);
