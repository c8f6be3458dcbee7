/** Choices of Microsoft's own tables, whose values every environment shares; those of the solution are generated. */

/** `opportunity.statecode` */
export const OpportunityState = { Open: 0, Won: 1, Lost: 2 } as const;
export type OpportunityState = (typeof OpportunityState)[keyof typeof OpportunityState];

/** `task.statecode` */
export const TaskState = { Open: 0, Completed: 1, Canceled: 2 } as const;

/** `task.statuscode` of a completed one */
export const TaskStatus = { Completed: 5 } as const;

/** `statecode` of every table of the solution */
export const RowState = { Active: 0, Inactive: 1 } as const;
