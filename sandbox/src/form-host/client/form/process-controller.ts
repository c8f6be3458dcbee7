import type { ProcessFlowMetadata, ProcessStageMetadata } from '@crmjira/domain';
import type { FormModel } from './form-model';
import {
  type ProcessInstance,
  type ProcessStatus,
  moveInstance,
  pathTo,
  readInstance,
  setInstanceStatus,
  startInstance,
} from './process-instance';

export type Direction = 'Next' | 'Previous';

/** Results of a move as the client API names them. */
export type MoveResult =
  | 'success'
  | 'invalid'
  | 'stageGate'
  | 'unreachable'
  | 'dirtyForm'
  | 'preventDefault'
  | 'end'
  | 'beginning';

/** What a pre-stage-change handler may look at and stop. */
export interface StageChange {
  readonly stage: ProcessStageMetadata;
  readonly direction: Direction;
  prevented: boolean;
}

/** What a handler before a change of status may look at and stop. */
export interface StatusChange {
  readonly status: ProcessStatus;
  prevented: boolean;
}

/** The running process of the record: where it is, and the moves that people and scripts ask for. */
export class ProcessController {
  instance: ProcessInstance | null = null;
  moving = false;
  /** Stage whose steps are open; null: none. */
  selectedStageId: string | null = null;
  readonly preHandlers = new Set<(change: StageChange) => void>();
  readonly changeHandlers = new Set<(change: StageChange) => void>();
  readonly preStatusHandlers = new Set<(change: StatusChange) => void>();
  readonly statusHandlers = new Set<(change: StatusChange) => void>();

  constructor(
    private readonly model: FormModel,
    readonly definition: ProcessFlowMetadata,
    private readonly entitySet: string,
    private readonly save: () => Promise<boolean>,
  ) {}

  async read(): Promise<void> {
    const before = this.instance?.activeStageId;
    this.instance = await readInstance(this.entitySet, this.model.id);
    this.model.changed();
    // The service moves stages too: scripts hear of it when the form learns of it.
    const stage = this.activeStage;
    if (stage && before && before !== stage.id && !this.moving)
      this.fire({ stage, direction: this.directionTo(before, stage.id), prevented: false });
  }

  get activeStage(): ProcessStageMetadata | null {
    const stages = this.definition.stages;
    return (
      stages.find((stage) => stage.id === this.instance?.activeStageId) ?? (this.instance ? null : (stages[0] ?? null))
    );
  }

  /** Stages entered so far, the active one last. */
  get activePath(): ProcessStageMetadata[] {
    const path = this.instance?.path ?? [];
    const known = path.length > 0 ? path : this.activeStage ? [this.activeStage.id] : [];
    return known.flatMap((id) => this.definition.stages.filter((stage) => stage.id === id));
  }

  get nextStage(): ProcessStageMetadata | null {
    const stages = this.definition.stages;
    const active = this.activeStage;
    if (!active) return null;
    const index = stages.indexOf(active);
    return stages.slice(index + 1).find((stage) => active.next.includes(stage.id)) ?? null;
  }

  get previousStage(): ProcessStageMetadata | null {
    const path = this.activePath;
    return path.length > 1 ? (path[path.length - 2] ?? null) : null;
  }

  moveNext(): Promise<MoveResult> {
    return this.move(this.nextStage, 'Next', 'end');
  }

  movePrevious(): Promise<MoveResult> {
    return this.move(this.previousStage, 'Previous', 'beginning');
  }

  setActive(stageId: string): Promise<MoveResult> {
    const stage = this.definition.stages.find((one) => one.id === stageId) ?? null;
    return this.move(stage, this.directionTo(this.activeStage?.id ?? '', stageId), 'invalid');
  }

  /**
   * Ends or reopens the process; nothing is saved when a handler prevents it.
   * @throws WebApiError when Dataverse, or the step on the process, refuses
   */
  async setStatus(status: ProcessStatus): Promise<ProcessStatus | 'invalid'> {
    const change = this.announce(status);
    return !change.prevented && (await this.apply(change)) ? status : 'invalid';
  }

  /** What the last stage's own button does: it asks for the required steps as every move does. */
  async finish(): Promise<MoveResult> {
    const change = this.announce('finished');
    if (change.prevented) return 'preventDefault';
    if (this.missingSteps().length > 0) return 'stageGate';
    return (await this.apply(change)) ? 'success' : 'invalid';
  }

  /** Asks the handlers before a change of status. */
  private announce(status: ProcessStatus): StatusChange {
    const change: StatusChange = { status, prevented: this.moving || !this.instance };
    if (!change.prevented) for (const handler of [...this.preStatusHandlers]) handler(change);
    return change;
  }

  /** @returns false when the form could not be saved before */
  private async apply(change: StatusChange): Promise<boolean> {
    if (!this.instance || (this.model.isDirty && !(await this.save()))) return false;
    this.moving = true;
    this.model.changed();
    try {
      await setInstanceStatus(this.entitySet, this.instance, change.status);
      this.instance = { ...this.instance, status: change.status };
      for (const handler of [...this.statusHandlers]) handler(change);
      await this.read();
      return true;
    } finally {
      this.moving = false;
      this.model.changed();
    }
  }

  private directionTo(from: string, to: string): Direction {
    const ids = this.definition.stages.map((stage) => stage.id);
    return ids.indexOf(to) < ids.indexOf(from) ? 'Previous' : 'Next';
  }

  /** @param nowhere what a move without a stage to go to answers */
  private async move(
    stage: ProcessStageMetadata | null,
    direction: Direction,
    nowhere: MoveResult,
  ): Promise<MoveResult> {
    if (!stage) return nowhere;
    if (this.moving) return 'invalid';
    const change: StageChange = { stage, direction, prevented: false };
    for (const handler of [...this.preHandlers]) handler(change);
    if (change.prevented) return 'preventDefault';
    if (direction === 'Next' && this.missingSteps().length > 0) return 'stageGate';
    if (this.model.isDirty && !(await this.save())) return 'dirtyForm';
    this.moving = true;
    this.model.changed();
    try {
      if (!this.instance) {
        await startInstance(this.definition, this.entitySet, this.model.id);
        this.instance = await readInstance(this.entitySet, this.model.id);
      }
      if (!this.instance) return 'invalid';
      await moveInstance(this.entitySet, this.instance, stage);
      this.instance = { ...this.instance, activeStageId: stage.id, path: pathTo(this.instance.path, stage.id) };
      this.fire(change);
      await this.read();
      return 'success';
    } finally {
      this.moving = false;
      this.model.changed();
    }
  }

  /** Required steps of the active stage without a value: the platform itself stops there. */
  missingSteps() {
    return (this.activeStage?.steps ?? []).filter(
      (step) => step.required && (this.model.value(step.column) === null || this.model.value(step.column) === ''),
    );
  }

  private fire(change: StageChange): void {
    for (const handler of [...this.changeHandlers]) handler(change);
  }
}
