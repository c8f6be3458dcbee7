/**
 * Ids of the templates of Microsoft's roles: the same in every environment and language, unlike names and role ids. A copy of such a
 * role has no template. Source: learn.microsoft.com, "Security roles" (Power Apps, developer).
 */
export const roleTemplates = {
  systemAdministrator: '627090ff-40a3-4053-8790-584edc5be201',
  systemCustomizer: '119f245c-3cc8-4b62-b31c-d1a046ced15d',
} as const;
