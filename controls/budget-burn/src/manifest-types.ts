/** Properties of ControlManifest.Input.xml; a test compares the two. */
export interface IInputs {
  projectBudget: ComponentFramework.PropertyTypes.NumberProperty;
}

/** The control reads its column and never writes it. */
export interface IOutputs {
  projectBudget?: number;
}
