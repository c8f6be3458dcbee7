/** Properties of ControlManifest.Input.xml; a test compares the two. */
export interface IInputs {
  record: ComponentFramework.PropertyTypes.StringProperty;
}

/** The control reads its record and never writes it. */
export interface IOutputs {
  record?: string;
}
