import { z } from 'zod';
import { pageOf } from '../../clients/tempo/find-tempo-project';
import { tempoName } from '../../clients/tempo/tempo-http';
import type { HttpClient } from '../../platform/http-client/http-client';
import { type Provider, testInSteps } from './provider';

/** What a test of Tempo finds. */
export interface TempoFound {
  /** Whether the token sees any project. */
  readonly seesProjects: boolean;
}

const settings = z.object({
  url: z.url().meta({ title: 'Address of the REST API' }),
  token: z.string().min(1).meta({ writeOnly: true }),
});
const anyProject = pageOf(z.unknown());

/** Tempo Cloud as something that can be connected. */
export const createTempoProvider = (http: HttpClient): Provider<TempoFound> => ({
  name: tempoName,
  test: () =>
    testInSteps<TempoFound>(tempoName.name, {
      seesProjects: async () =>
        (await http.call({ method: 'GET', path: '/4/projects', query: { limit: 1 }, schema: anyProject })).results
          .length > 0,
    }),
  describe: () => z.toJSONSchema(settings),
});
