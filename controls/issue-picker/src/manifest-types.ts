/** Properties of ControlManifest.Input.xml; a test compares the two. */
export interface IInputs {
  issueKey: ComponentFramework.PropertyTypes.StringProperty;
}

/** The one control that writes its column: two inputs for one column could disagree. */
export interface IOutputs {
  issueKey?: string;
}
