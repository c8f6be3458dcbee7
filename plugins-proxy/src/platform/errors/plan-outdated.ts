/** What the plan was made from is no longer so: read and plan again. Nothing was written. */
export class PlanOutdated extends Error {
  static readonly code: string = 'plan-outdated';
  readonly code: string = PlanOutdated.code;
}
