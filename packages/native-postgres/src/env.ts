/** Root in continuous integration may install what is missing with apt-get; a developer's machine is left alone. */
export const mayInstallSystemPackages = process.env.CI === "true" && process.getuid?.() === 0
