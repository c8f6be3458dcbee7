import { z } from 'zod';
import type { BearerToken } from '../../platform/config/jira-credentials';
import { createClassifier } from '../../platform/http-client/create-classifier';
import { createHttpClient, type HttpClient, type HttpClientOptions } from '../../platform/http-client/http-client';
import type { ProviderName } from '../../platform/http-client/provider-name';

export const sentryName: ProviderName = {
  name: 'Sentry',
  codePrefix: 'sentry',
  setting: 'the address of the Sentry connection',
};

const errorBody = z.union([
  z.object({ detail: z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)]) }),
  // A field and what is wrong with it.
  z.record(z.string(), z.union([z.string(), z.array(z.string()).transform((all) => all.join(' '))])),
]);

export const sentryAnswers = createClassifier(sentryName, {
  readRefusal: (body) => {
    const { detail, ...fields } = errorBody.parse(body);
    return { sentences: detail === undefined ? [] : [detail], fields };
  },
});

/** A client for one installation of Sentry: the service in the cloud, or one of one's own. */
export const createSentryHttp = (options: HttpClientOptions<BearerToken>): HttpClient =>
  createHttpClient(
    { provider: sentryName, classifier: sentryAnswers, authorization: ({ pat }) => `Bearer ${pat}` },
    options,
  );
