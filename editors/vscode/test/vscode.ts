// What the tests have of the module `vscode`: nothing but what units under test import of it.
export const workspace = {};
export const window = {};
