import { createBoundedMap } from '../../platform/bounded-map';
import type { OwnedProject } from './owned-project';

/** How long a project is taken to be as it was read, in milliseconds, while no event tells otherwise. */
const keepMs = 60_000;
const rememberedProjects = 1_000;

/**
 * Projects as read a moment ago. Work on issues comes in bursts and leaves the project itself alone; events that name the project
 * forget it. Not for where no events come in.
 */
export interface ProjectCache {
  get(projectId: string): OwnedProject | null;
  set(found: OwnedProject): void;
  forget(projectId: string): void;
}

/** @param now milliseconds since 1970 */
export function createProjectCache(now: () => number): ProjectCache {
  const projects = createBoundedMap<string, { readonly found: OwnedProject; readonly readAt: number }>(
    rememberedProjects,
  );
  return {
    get: (projectId) => {
      const entry = projects.get(projectId);
      return entry !== undefined && now() - entry.readAt < keepMs ? entry.found : null;
    },
    set: (found) => projects.set(found.project.id, { found, readAt: now() }),
    forget: (projectId) => projects.delete(projectId),
  };
}
