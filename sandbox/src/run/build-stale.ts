import { type BuildError, buildAll } from '@crmjira/solution';

export class BuildFailedError extends Error {
  static readonly code = 'BUILD_FAILED';
  readonly code = BuildFailedError.code;
}

/** Seconds from which on a person wonders what takes so long. */
const worthSaying = 2;

/**
 * Builds what is stale: controls, web resources, page, proxy and packages, telling each that begins and each that took long.
 *
 * @throws BuildFailedError with what the tools said
 */
export async function buildStale(root: string, say: (line: string) => void): Promise<void> {
  const errors: BuildError[] = [];
  await buildAll(root, {
    began: (target) => say(`Building ${target} …`),
    built: ({ target, outcome, seconds }) => {
      if (outcome === 'built' && seconds > worthSaying) say(`Built ${target} in ${seconds.toFixed(0)} s.`);
    },
    failed: (error) => errors.push(error),
  });
  if (errors.length > 0)
    throw new BuildFailedError(
      ['The build failed:', ...errors.map(({ detail, message }) => `${detail.trim()}\n${message}`)].join('\n'),
    );
}
