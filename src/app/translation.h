// The language of a program's sentences. The programs' composition; main thread.
#pragma once

namespace kith::app {

/// Installs the translations of the person's language, Qt's own and ours, where there are any; English needs
/// none. Once, after the application object is made and before anything is said.
void installTranslations();

} // namespace kith::app
