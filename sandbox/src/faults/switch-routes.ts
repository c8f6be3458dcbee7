import type { FastifyInstance, FastifyReply } from 'fastify';
import { type Faults, type FaultSettings, NO_FAULTS, faultSettings } from './fault-rules';

export interface SwitchOptions {
  /** path of the switches, below `/sandbox/` */
  readonly url: string;
  readonly faults: Faults;
  /** what a refused setting is answered with */
  readonly refuse: (reply: FastifyReply, problems: readonly string[]) => FastifyReply;
  /** hears of settings that hold from now on */
  readonly onSet?: (settings: FaultSettings) => void;
}

/** Reads, sets and clears the faults of one stand-in: GET, PUT or POST, DELETE. */
export function registerSwitches(app: FastifyInstance, { url, faults, refuse, onSet }: SwitchOptions): void {
  app.get(url, () => faults.settings);
  for (const method of ['PUT', 'POST'] as const)
    app.route({
      method,
      url,
      handler: (request, reply) => {
        const settings = faultSettings.safeParse(request.body);
        if (!settings.success)
          return refuse(
            reply,
            settings.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
          );
        faults.set(settings.data);
        onSet?.(settings.data);
        return settings.data;
      },
    });
  app.delete(url, (_request, reply) => {
    faults.set(NO_FAULTS);
    return reply.status(204).send();
  });
}
