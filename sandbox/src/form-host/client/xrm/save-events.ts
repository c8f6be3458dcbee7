import type { SaveProblem } from '../form/save-problem';

/** Numbers of `getSaveMode` that this host gives. Source: client API reference, getSaveMode. */
export const saveModes = { save: 1, saveAndClose: 2, saveAndNew: 59, autoSave: 70 } as const;

/** Save mode of `entity.save(option)`. */
export function saveOptionMode(option: string | undefined): number {
  if (option === 'saveandclose') return saveModes.saveAndClose;
  return option === 'saveandnew' ? saveModes.saveAndNew : saveModes.save;
}

/** Event arguments of OnSave. */
export function saveArguments(mode: number) {
  const state = { prevented: false, preventedOnError: false, patient: false };
  return {
    state,
    args: {
      getSaveMode: () => mode,
      preventDefault: () => void (state.prevented = true),
      isDefaultPrevented: () => state.prevented,
      preventDefaultOnError: () => void (state.preventedOnError = true),
      disableAsyncTimeout: () => void (state.patient = true),
    },
  };
}

/** Event arguments of OnPostSave. */
export function postSaveArguments(problem: SaveProblem | null, reference: unknown) {
  return {
    getIsSaveSuccess: () => problem === null,
    getSaveErrorInfo: () => problem,
    getEntityReference: () => reference,
  };
}
