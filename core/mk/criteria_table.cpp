// The table of criteria. Which features tell what, and where, is from the textbooks named in each
// row; the ranges of wavelengths are those of libraries with a resolution of 1.8 to 3.6 Å.

#include "core/mk/criteria.h"

#include <utility>

namespace maury::mk {
namespace {

constexpr const char* kBook
    = "R. O. Gray & C. J. Corbally, Stellar Spectral Classification (Princeton 2009)";
constexpr const char* kHotStars = "N. R. Walborn & E. L. Fitzpatrick 1990, PASP 102, 379";
constexpr const char* kAutomatic = "R. O. Gray & C. J. Corbally 2014, AJ 147, 80";

// Decimal subclasses of the classes' beginnings.
constexpr double kO4 = 4.0;
constexpr double kO8 = 8.0;
constexpr double kB0 = 10.0;
constexpr double kA0 = 20.0;
constexpr double kF0 = 30.0;
constexpr double kG0 = 40.0;
constexpr double kK0 = 50.0;
constexpr double kM0 = 60.0;
constexpr double kM8 = 68.0;

Feature line(std::string name, double centre, double half = 2.5)
{
    return { std::move(name), { { centre - half, centre + half } } };
}

Feature band(
    std::string name, std::vector<Feature::Range> ranges, double gap = 2.0, double width = 12.0)
{
    return { std::move(name), std::move(ranges), gap, width };
}

// The lines that several criteria use.
Feature heI4026()
{
    return line("He I 4026", 4026.2, 3.0);
}
Feature heI4144()
{
    return line("He I 4144", 4143.8);
}
Feature heI4387()
{
    return line("He I 4387", 4387.9);
}
Feature heI4471()
{
    return line("He I 4471", 4471.5, 3.0);
}
Feature heII4541()
{
    return line("He II 4541", 4541.6, 3.0);
}
Feature mgII4481()
{
    return line("Mg II 4481", 4481.2);
}
Feature siIV4089()
{
    return line("Si IV 4089", 4088.9);
}
Feature siIII4552()
{
    return line("Si III 4552", 4552.6);
}
Feature siII4128()
{
    return band("Si II 4128–30", { { 4126.0, 4133.0 } }, 1.0, 9.0);
}
Feature caI4226()
{
    return line("Ca I 4226", 4226.7, 3.0);
}
Feature feI4046()
{
    return line("Fe I 4046", 4045.8);
}
Feature feI4383()
{
    return line("Fe I 4383", 4383.5);
}
Feature gBand()
{
    return band("G band", { { 4297.0, 4313.5 } });
}
Feature hDelta()
{
    return band("Hδ", { { 4094.0, 4109.0 } }, 8.0, 12.0);
}
Feature hGamma()
{
    return band("Hγ", { { 4333.0, 4348.0 } }, 8.0, 12.0);
}
Feature hGammaWings()
{
    return band("Hγ wings", { { 4324.0, 4334.0 }, { 4347.0, 4357.0 } }, 10.0, 12.0);
}
Feature hDeltaWings()
{
    return band("Hδ wings", { { 4090.0, 4096.0 }, { 4108.0, 4114.0 } }, 14.0, 12.0);
}

using Table = std::vector<Criterion>;

Criterion temperature(double from, double to, Feature numerator, std::optional<Feature> denominator,
    Trend trend, const char* source = kBook)
{
    return { Dimension::Temperature, from, to, std::move(numerator), std::move(denominator), trend,
        source };
}

Criterion luminosity(double from, double to, Feature numerator, std::optional<Feature> denominator,
    Trend trend, const char* source = kBook)
{
    return { Dimension::Luminosity, from, to, std::move(numerator), std::move(denominator), trend,
        source };
}

void addHotTemperature(Table& table)
{
    const Trend grows = Trend::Grows;
    const Trend fades = Trend::Fades;
    table.push_back(temperature(kO4, kB0, heI4471(), heII4541(), grows, kHotStars)); // 1 at O7
    table.push_back(
        temperature(kO8, kB0 + 1.0, heI4144(), line("He II 4200", 4199.8), grows, kHotStars));
    table.push_back(temperature(kO8, kB0 + 1.0, heI4387(), heII4541(), grows, kHotStars));
    table.push_back(temperature(9.5, kB0 + 2.0, siIV4089(), siIII4552(), fades, kHotStars));
    table.push_back(temperature(kB0 + 1.0, kB0 + 4.0, siIII4552(), siII4128(), fades, kHotStars));
    table.push_back(
        temperature(kB0, kB0 + 4.0, line("C II 4267", 4267.2), {}, Trend::Peaks)); // at B2–B3
    table.push_back(temperature(kB0, kA0, heI4026(), {}, Trend::Peaks)); // at B2
    table.push_back(temperature(kB0 + 3.0, kA0, heI4387(), {}, fades));
    table.push_back(temperature(kB0 + 2.0, kA0 + 1.0, heI4471(), mgII4481(), fades));
    table.push_back(temperature(kB0 + 2.0, kA0, siII4128(), heI4144(), grows));
}

void addCoolTemperature(Table& table)
{
    const Trend grows = Trend::Grows;
    const Feature caK = band("Ca II K", { { 3928.0, 3939.5 } }, 2.0, 8.0);
    const Feature caH = band("Ca II H + Hε", { { 3962.0, 3976.0 } }, 4.0, 10.0);
    table.push_back(temperature(kB0 + 8.0, kF0 + 4.0, caK, caH, grows));
    table.push_back(temperature(
        kA0 + 1.0, kF0, band("Mn I 4030–34", { { 4029.0, 4036.0 } }, 1.0, 9.0), {}, grows));
    table.push_back(temperature(kA0, kF0 + 2.0, caI4226(), mgII4481(), grows));
    table.push_back(temperature(kA0, kF0 + 2.0, feI4046(), mgII4481(), grows));
    table.push_back(temperature(kA0, kF0 + 2.0, line("Fe I 4271", 4271.5), mgII4481(), grows));
    table.push_back(temperature(kA0, kF0 + 2.0, feI4383(), mgII4481(), grows));
    table.push_back(temperature(kA0 + 3.0, kG0, hGamma(), {}, Trend::Fades));
    table.push_back(temperature(kA0 + 3.0, kG0, hDelta(), {}, Trend::Fades));
    table.push_back(temperature(kF0 + 3.0, kK0, gBand(), {}, grows));
    table.push_back(temperature(kF0, kK0, feI4046(), hDelta(), grows, kAutomatic));
    table.push_back(temperature(kF0, kK0, feI4383(), hGamma(), grows, kAutomatic));
    table.push_back(
        temperature(kG0, kK0 + 3.0, line("Fe I 4144", 4143.9), hDelta(), grows, kAutomatic));
    table.push_back(temperature(kG0, kK0, line("Fe I 4325", 4325.4), hGamma(), grows));
    const Feature chromium4254 = line("Cr I 4254", 4254.3, 2.0);
    const Feature chromium4274 = line("Cr I 4274", 4274.8, 1.6);
    table.push_back(
        temperature(kG0, kM0, chromium4254, line("Fe I 4250", 4250.4, 1.9), grows, kAutomatic));
    table.push_back(
        temperature(kG0, kM0, chromium4274, line("Fe I 4271", 4271.5, 1.7), grows, kAutomatic));
    table.push_back(temperature(kG0 + 8.0, kM0, caI4226(), gBand(), grows));
    table.push_back(
        temperature(kK0 + 7.0, kM8, band("TiO 4761", { { 4761.0, 4775.0 } }, 1.0, 8.0), {}, grows));
    table.push_back(
        temperature(kM0, kM8, band("TiO 4584", { { 4584.0, 4592.0 } }, 1.0, 7.0), {}, grows));
    table.push_back(
        temperature(kM0, kM8, band("TiO 4954", { { 4954.0, 4975.0 } }, 1.0, 8.0), {}, grows));
}

void addHotLuminosity(Table& table)
{
    const Trend grows = Trend::Grows;
    const Trend fades = Trend::Fades;
    const Feature heII4686 = line("He II 4686", 4685.7, 3.0);
    table.push_back(luminosity(kO4, kB0 + 0.7, heII4686, {}, fades, kHotStars));
    table.push_back(luminosity(kO8, kB0 + 1.5, siIV4089(), heI4026(), grows, kHotStars));
    table.push_back(luminosity(kO8, kB0 + 1.5, line("Si IV 4116", 4116.1, 2.0),
        line("He I 4121", 4120.8, 2.0), grows, kHotStars));
    table.push_back(luminosity(
        kB0, kB0 + 3.0, band("O II 4070–76", { { 4067.5, 4078.0 } }), heI4387(), grows, kHotStars));
    table.push_back(
        luminosity(kB0, kB0 + 3.0, line("O II 4415–17", 4416.0), heI4387(), grows, kHotStars));
    table.push_back(luminosity(kB0, kB0 + 4.0, siIII4552(), heI4387(), grows, kHotStars));
    table.push_back(luminosity(
        kB0, kB0 + 4.0, line("N II 3995", 3995.0), line("He I 4009", 4009.3), grows, kHotStars));
    table.push_back(luminosity(kB0, kA0 + 8.0, hGammaWings(), {}, fades));
    table.push_back(luminosity(kB0, kA0 + 8.0, hDeltaWings(), {}, fades));
    table.push_back(luminosity(
        kB0 + 4.0, kA0 + 3.0, band("Si II 3853–62", { { 3852.0, 3864.5 } }, 1.0, 8.0), {}, grows));
    table.push_back(luminosity(kB0 + 4.0, kA0, siII4128(), heI4144(), grows));
}

void addCoolLuminosity(Table& table)
{
    const Trend grows = Trend::Grows;
    const Trend fades = Trend::Fades;
    const Feature iron4233 = line("Fe II 4233", 4233.2);
    const Feature titanium4444 = line("Ti II 4444", 4443.8);
    const Feature blend4172 = band("Fe II, Ti II 4172–78", { { 4170.5, 4180.5 } }, 1.0, 9.0);
    const Feature strontium4077 = line("Sr II 4077", 4077.7, 2.0);
    table.push_back(luminosity(kB0 + 8.0, kF0, blend4172, mgII4481(), grows));
    table.push_back(luminosity(kB0 + 8.0, kF0, iron4233, mgII4481(), grows));
    table.push_back(luminosity(kA0, kF0, line("Ti II, Fe II 4417", 4417.2), mgII4481(), grows));
    table.push_back(luminosity(
        kA0, kF0, band("Ti II 4395–4400", { { 4393.0, 4402.0 } }, 1.0, 9.0), mgII4481(), grows));
    table.push_back(luminosity(kA0, kF0 + 5.0, titanium4444, mgII4481(), grows));
    table.push_back(luminosity(kA0 + 7.0, kG0 + 3.0, blend4172,
        band("Fe I 4146–62", { { 4144.5, 4163.0 } }, 1.0, 9.0), grows));
    table.push_back(luminosity(kF0 + 5.0, kK0 + 4.0, strontium4077, feI4046(), grows));
    table.push_back(luminosity(kG0, kK0 + 4.0, strontium4077, line("Fe I 4063", 4063.6), grows));
    table.push_back(luminosity(kG0, kK0 + 3.0, line("Sr II 4215", 4215.5, 2.0), caI4226(), grows));
    table.push_back(luminosity(kG0, kK0 + 4.0, line("Y II 4376", 4375.5, 2.0), feI4383(), grows));
    table.push_back(luminosity(
        kG0, kK0 + 8.0, band("CN 4140–4215", { { 4150.0, 4214.0 } }, 2.0, 15.0), {}, grows));
    table.push_back(
        luminosity(kG0, kK0 + 8.0, band("CN 3883", { { 3850.0, 3883.0 } }, 1.0, 12.0), {}, grows));
    table.push_back(luminosity(kK0, kM8, caI4226(), {}, fades));
    table.push_back(
        luminosity(kK0, kM8, band("MgH 4780", { { 4772.0, 4784.0 } }, 2.0, 10.0), {}, fades));
}

Table makeTable()
{
    Table table;
    addHotTemperature(table);
    addCoolTemperature(table);
    addHotLuminosity(table);
    addCoolLuminosity(table);
    return table;
}

} // namespace

const std::vector<Criterion>& mkCriteria()
{
    static const Table table = makeTable();
    return table;
}

} // namespace maury::mk
