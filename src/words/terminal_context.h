// The terminal's sentences in translations. Inside words/ alone.
#pragma once

#include <QCoreApplication>

namespace kith::words {

/// The translation context of what is said in a terminal. Never made; it lends its tr() to free functions, in
/// the GUI thread.
class Terminal final {
    Q_DECLARE_TR_FUNCTIONS(Terminal)
public:
    Terminal() = delete;
};

} // namespace kith::words
