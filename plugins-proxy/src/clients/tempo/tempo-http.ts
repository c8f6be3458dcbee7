import { z } from 'zod';
import type { BearerToken } from '../../platform/config/jira-credentials';
import { createClassifier } from '../../platform/http-client/create-classifier';
import { createHttpClient, type HttpClient, type HttpClientOptions } from '../../platform/http-client/http-client';
import type { ProviderName } from '../../platform/http-client/provider-name';

export const tempoName: ProviderName = { name: 'Tempo', codePrefix: 'tempo', setting: 'TEMPO_URL' };

/** Tempo lists what it refuses for; sources: Tempo REST API 4, "Error responses". */
const errorBody = z.object({ errors: z.array(z.object({ message: z.string() })) });

export const tempoAnswers = createClassifier(tempoName, {
  readRefusal: (body) => ({ sentences: errorBody.parse(body).errors.map(({ message }) => message) }),
});

/** A client for Tempo Cloud: another host than Jira's, another token, another budget of requests. */
export const createTempoHttp = (options: HttpClientOptions<BearerToken>): HttpClient =>
  createHttpClient(
    { provider: tempoName, classifier: tempoAnswers, authorization: ({ pat }) => `Bearer ${pat}` },
    options,
  );
