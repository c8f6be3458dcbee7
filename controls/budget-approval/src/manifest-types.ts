/** Properties of ControlManifest.Input.xml; a test compares the two. */
export interface IInputs {
  approvalStatus: ComponentFramework.PropertyTypes.OptionSetProperty;
  /** null where the form leaves it out */
  budgetAmount?: ComponentFramework.PropertyTypes.NumberProperty | null;
}

/** The control reads its column and never writes it. */
export interface IOutputs {
  approvalStatus?: number;
}
