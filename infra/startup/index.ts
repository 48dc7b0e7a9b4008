export { checkDatabase, DatabaseUnusable } from './check-database.js';
export { checkPort, PortUnusable } from './check-port.js';
export { HOME_OTHERWISE, homeFolder } from './home-folder.js';
export { type Environment, readSettings, WrongSettings } from './read-settings.js';
export { From, type SettingsClass } from './setting.js';
export { settingsTable } from './settings-table.js';
export { softwareVersion } from './software-version.js';
export * as variables from './variables.js';
