/** Properties of ControlManifest.Input.xml; a test compares the two. */
export interface IInputs {
  budgetStatus: ComponentFramework.PropertyTypes.OptionSetProperty;
}

/** The control reads its column and never writes it. */
export interface IOutputs {
  budgetStatus?: number;
}
