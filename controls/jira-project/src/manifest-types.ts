/** Properties of ControlManifest.Input.xml; a test compares the two. */
export interface IInputs {
  projectKey: ComponentFramework.PropertyTypes.StringProperty;
}

/** The control reads its column and never writes it. */
export interface IOutputs {
  projectKey?: string;
}
