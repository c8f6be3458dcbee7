/** Why a record was not saved: what the promise of `formContext.data.save` rejects with. */
export interface SaveProblem {
  /** Dataverse's own number where Dataverse refused, else 0 */
  readonly errorCode: number;
  readonly message: string;
}
