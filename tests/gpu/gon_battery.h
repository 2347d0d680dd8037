#pragma once

#include "core/gon/gon_backend.h"
#include "tests/support/gon_case.h"

namespace maury::test {

// Each of these fails the test that calls it.

/// One step against the networks of core/gon in double precision: loss, norm, the gradient (as
/// Adam's first moment), the weights; then more steps, in which the losses stay together.
void compareGonSteps(
    gon::GonBackend& tested, const GonCase& made, double allowed, int steps = 12);
/// Codes and spectra, also of more spectra than a batch holds and of one that is wholly masked.
void compareGonCodes(gon::GonBackend& tested, const GonCase& made, double allowed);
/// A state can be taken out and put into another backend, which goes on alike.
void checkGonHandover(
    gon::GonBackend& from, gon::GonBackend& to, const GonCase& made, double allowed);

} // namespace maury::test
