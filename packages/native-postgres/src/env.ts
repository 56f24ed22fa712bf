/** Whether this is a run whose missing parts are failures and whose machine may be changed. */
export const isContinuousIntegration = process.env.CI === "true"

/** Root in CI may install what is missing with apt-get; a developer's machine is left alone. */
export const mayInstallSystemPackages = isContinuousIntegration && process.getuid?.() === 0
