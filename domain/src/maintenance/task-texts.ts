/** Texts of a task of the maintenance plan; in both languages, as those of an administrator are. */
export interface MaintenanceTaskTexts {
  readonly subject: string;
  readonly description: string;
}

const texts = (
  [subject, sujet]: readonly [string, string],
  ...lines: readonly (readonly [string, string])[]
): MaintenanceTaskTexts => ({
  subject: `${subject} / ${sujet}`,
  description: [...lines.map(([english]) => english), ...lines.map(([, french]) => french)].join('\n'),
});

const things = { token: ['token', 'le jeton'], certificate: ['certificate', 'le certificat'] } as const;

/** @param days whole days that are left; below zero where it has ended */
export function renewalTask(kind: keyof typeof things, of: string, days: number): MaintenanceTaskTexts {
  const [thing, chose] = things[kind];
  const ended = days < 0;
  return texts(
    [
      `Renew the ${thing} of ${of}: ${ended ? 'it has ended' : `${days} days left`}`,
      `Renouveler ${chose} de ${of}\u00a0: ${ended ? 'il est expiré' : `il reste ${days} jours`}`,
    ],
    [
      'docs/operations.md, "Token or certificate expires". Afterwards: crmjira doctor.',
      'docs/operations.md, «\u00a0Token or certificate expires\u00a0». Ensuite\u00a0: crmjira doctor.',
    ],
  );
}

/** @param days whole days of its age */
export function rotationTask(name: string, days: number): MaintenanceTaskTexts {
  return texts(
    [`Rotate ${name}: ${days} days old`, `Renouveler ${name}\u00a0: en service depuis ${days} jours`],
    [
      'docs/operations.md, "Token or certificate expires": crmjira rotate-secrets --due.',
      'docs/operations.md, «\u00a0Token or certificate expires\u00a0»\u00a0: crmjira rotate-secrets --due.',
    ],
  );
}

/** Counts of 30 days with their growth in percent; null: nothing to compare with. */
export interface Growth {
  readonly runs: number;
  readonly byRuns: number | null;
  readonly mappings: number;
  readonly byMappings: number | null;
}

const percent = (value: number | null, unknown: string, unit: string): string =>
  value === null ? unknown : `${value < 0 ? '\u2212' : '+'}${Math.abs(value)}${unit}`;

/** What grew, as the log says it. */
export function growthText({ runs, byRuns, mappings, byMappings }: Growth): string {
  const told = (value: number | null) => percent(value, 'nothing to compare with', ' %');
  return `${runs} runs in 30 days (${told(byRuns)}), ${mappings} mappings (${told(byMappings)}).`;
}

export function scalingTask(growth: Growth): MaintenanceTaskTexts {
  const { runs, byRuns, mappings, byMappings } = growth;
  const dit = (value: number | null) => percent(value, 'aucune comparaison possible', '\u00a0%');
  return texts(
    [
      'Scaling proposal: use has grown by more than half in a month',
      'Mise à l’échelle proposée\u00a0: l’utilisation a augmenté de plus de moitié en un mois',
    ],
    [
      `${growthText(growth)} Look at WORKERS, replicas, the request limits of Dataverse and Jira, and docs/deployment.md.`,
      `${runs} exécutions en 30 jours (${dit(byRuns)}), ${mappings} liens budgétaires (${dit(byMappings)}). Examinez WORKERS, le nombre de réplicas, les limites de requêtes de Dataverse et de Jira, et docs/deployment.md.`,
    ],
  );
}

/** Calls to one side. */
export interface SideAverage {
  readonly side: string;
  readonly calls: number;
  /** seconds a call */
  readonly average: number;
}

/** Averages, as the log says them. */
export function averagesText(sides: readonly SideAverage[]): string {
  const told = sides.map(({ side, calls, average }) => `${side} ${average.toFixed(3)} s over ${calls} calls`);
  return `On average: ${told.join(', ')}.`;
}

/** @param sides the slowest first */
export function tuningTask(sides: readonly SideAverage[]): MaintenanceTaskTexts {
  const slowest = sides[0]?.side ?? '';
  const dit = sides.map(
    ({ side, calls, average }) => `${side} ${average.toFixed(3).replace('.', ',')}\u00a0s sur ${calls} appels`,
  );
  return texts(
    [
      `Tuning: calls to ${slowest} are the bottleneck of the month`,
      `Optimisation\u00a0: les appels à ${slowest} sont le goulot d’étranglement du mois`,
    ],
    [
      `${averagesText(sides)} Walk "crmjira doctor --symptom slow".`,
      `En moyenne\u00a0: ${dit.join(', ')}. Suivez «\u00a0crmjira doctor --symptom slow\u00a0».`,
    ],
  );
}

/** @param days running on which the error was seen @param signature of the error, in the words of the log */
export function escalationTask(days: number, signature: string): MaintenanceTaskTexts {
  const { subject, description } = texts(
    [
      'Escalation to the development team: the same error on three days',
      'Recours à l’équipe de développement\u00a0: la même erreur pendant trois jours',
    ],
    [
      `Seen on ${days} days running. The rows stand in the integration log, status Failed:`,
      `Observée ${days} jours de suite. Les enregistrements figurent dans le journal d’intégration, état Échec\u00a0:`,
    ],
  );
  return { subject, description: `${description}\n${signature}` };
}
