/** Language codes of Dynamics: 1033 English, 3084 French (Canada). */
export type Language = 1033 | 3084;
