import { BuildError, type BuildTarget } from './build-target';
import { PACKAGES_TARGET, packagesTarget } from './packages';
import { type BuildResult, runTarget } from './run-target';
import { buildTargets } from './targets';

export interface BuildRequest {
  /** Names of targets; all when empty. */
  readonly only?: readonly string[];
  /** Builds what is fresh too. */
  readonly force?: boolean;
  readonly began?: (target: string) => void;
  readonly built: (result: BuildResult) => void;
  readonly failed: (error: BuildError) => void;
}

/** Every target of the repository, the packages last. */
export function allTargets(root: string): BuildTarget[] {
  const parts = buildTargets(root);
  return [...parts, packagesTarget(root, parts)];
}

/** Builds what is stale, the packages after their parts and only when all of these went well. @returns how many failed */
export async function buildAll(root: string, request: BuildRequest): Promise<number> {
  const { only = [], force = false } = request;
  const chosen = allTargets(root).filter(({ name }) => only.length === 0 || only.includes(name));
  const waiting = chosen.filter(({ name }) => name !== PACKAGES_TARGET);
  let failed = 0;
  const attempt = async (target: BuildTarget): Promise<void> => {
    try {
      request.built(await runTarget(root, target, force, () => request.began?.(target.name)));
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      failed++;
      request.failed(error);
    }
  };
  // Two lanes keep two cores busy: the controls, in a process of their own, and everything else.
  const inLane = async (lane: BuildTarget['lane']): Promise<void> => {
    for (const target of waiting.filter((each) => each.lane === lane)) await attempt(target);
  };
  await Promise.all([inLane('pcf-scripts'), inLane(undefined)]);
  if (failed === 0) for (const target of chosen.filter(({ name }) => name === PACKAGES_TARGET)) await attempt(target);
  return failed;
}
