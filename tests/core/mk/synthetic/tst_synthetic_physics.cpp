// The physics of the synthetic atlas against published values, function by function.

#include "core/base/resource_paths.h"
#include "core/mk/synthetic/atmosphere.h"
#include "core/mk/synthetic/constants.h"
#include "core/mk/synthetic/degrade.h"
#include "core/mk/synthetic/formal_solution.h"
#include "core/mk/synthetic/hydrogenic_lines.h"
#include "core/mk/synthetic/molecules.h"
#include "core/mk/synthetic/profiles.h"
#include "tests/support/test_data.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

using namespace maury;
using namespace maury::mk::synthetic;

namespace {

bool near(double value, double expected, double relative)
{
    const bool fits = std::abs(value - expected) <= relative * std::abs(expected);
    if (!fits)
        qWarning("%.10g, expected %.10g", value, expected);
    return fits;
}

} // namespace

class TestSyntheticPhysics : public QObject {
    Q_OBJECT
private slots:
    void initTestCase()
    {
        auto data = readAtomicData(base::shareFolder() / "synthetic");
        QVERIFY_RESULT(data);
        m_data = *std::move(data);
        base::ThreadTeam team(1);
        m_rosseland.emplace(m_data, team);
    }

    void partitionFunctionsAreInterpolatedInLogarithms()
    {
        Ion ion;
        ion.lnPartition = { 0.0, 1.0, 2.0, 4.0 };
        QVERIFY(near(partitionFunction(ion, 3000.0), std::exp(1.0), 1e-12));
        QVERIFY(near(partitionFunction(ion, std::sqrt(8000.0 * 10000.0)), std::exp(3.0), 1e-12));
        QVERIFY(near(partitionFunction(ion, 100.0), 1.0, 1e-12));
        QVERIFY(near(partitionFunction(ion, 50000.0), std::exp(4.0), 1e-12));
    }

    // Carroll & Ostlie, An Introduction to Modern Astrophysics, example 8.1.4: at P_e = 200 dyn/cm²
    // hydrogen is 5 % ionised at 8300 K, half at 9600 K, 95 % at 11,300 K.
    void hydrogenIonisesAsInTheTextbook_data()
    {
        QTest::addColumn<double>("temperature");
        QTest::addColumn<double>("ionised");
        QTest::newRow("5 %") << 8300.0 << 0.05;
        QTest::newRow("half") << 9600.0 << 0.50;
        QTest::newRow("95 %") << 11300.0 << 0.95;
    }
    void hydrogenIonisesAsInTheTextbook()
    {
        QFETCH(double, temperature);
        QFETCH(double, ionised);
        const double electrons = 200.0 / (constants::kBoltzmann * temperature);
        const auto fractions = ionFractions(m_data, sahaFactors(m_data, temperature), electrons);
        QVERIFY2(
            std::abs(fractions[1] - ionised) < 0.03, qPrintable(QString::number(fractions[1])));
        QVERIFY(near(fractions[0] + fractions[1], 1.0, 1e-12));
    }

    void chargeAndParticlesAreConserved_data()
    {
        QTest::addColumn<double>("temperature");
        QTest::newRow("K giant") << 3500.0;
        QTest::newRow("Sun") << 6000.0;
        QTest::newRow("A star") << 9500.0;
        QTest::newRow("O star") << 35000.0;
    }
    void chargeAndParticlesAreConserved()
    {
        QFETCH(double, temperature);
        const SahaFactors factors = sahaFactors(m_data, temperature);
        const GasState gas = solveGas(m_data, factors, 1e4);
        const auto fractions = ionFractions(m_data, factors, gas.electronDensity);
        double charge = 0.0;
        for (std::size_t ion = 0; ion < fractions.size(); ++ion)
            charge += fractions[ion] * m_data.ions[ion].stage
                * m_data.elements[m_data.ions[ion].element].abundance;
        QVERIFY(near(charge * gas.hydrogenDensity, gas.electronDensity, 1e-6));
        const double particles
            = gas.hydrogenDensity * m_data.nucleiPerHydrogen + gas.electronDensity;
        QVERIFY(near(particles * constants::kBoltzmann * temperature, 1e4, 1e-9));
    }

    // Abramowitz & Stegun, table 7.9 (w(u + ia)), and Faddeeva's function by J. Humlíček's
    // algorithm elsewhere.
    void voigtFunctionHasItsPublishedValues_data()
    {
        QTest::addColumn<double>("a");
        QTest::addColumn<double>("u");
        QTest::addColumn<double>("expected");
        QTest::newRow("0.1, 0") << 0.1 << 0.0 << 0.896457;
        QTest::newRow("1, 0") << 1.0 << 0.0 << 0.427584;
        QTest::newRow("1, 1") << 1.0 << 1.0 << 0.304744;
        QTest::newRow("0.1, 1") << 0.1 << 1.0 << 0.373170;
        QTest::newRow("0.1, 2") << 0.1 << 2.0 << 0.040201;
        QTest::newRow("core") << 0.001 << 0.0 << 0.9988726;
        QTest::newRow("between") << 0.001 << 3.0 << 2.019724e-4;
        QTest::newRow("near wing") << 0.001 << 5.5 << 1.966263e-5;
        QTest::newRow("far wing") << 0.01 << 7.0 << 1.188592e-4;
        QTest::newRow("wide") << 10.0 << 3.0 << 0.05160192;
        QTest::newRow("blue side") << 0.5 << -20.0 << 7.074522e-4;
    }
    void voigtFunctionHasItsPublishedValues()
    {
        QFETCH(double, a);
        QFETCH(double, u);
        QFETCH(double, expected);
        const double value
            = static_cast<double>(voigt(static_cast<float>(a), static_cast<float>(u)));
        QVERIFY2(std::abs(value - expected) < 2e-6 + 2e-3 * expected,
            qPrintable(QString::number(value, 'g', 9)));
    }

    // Whole vectors and the remainder give the same as one value at a time, and neighbours are not
    // touched.
    void profilesAreAddedInPlace()
    {
        for (const std::size_t count : { 1U, 7U, 16U, 37U }) {
            std::vector<float> sum(count + 2, 1.0F);
            addVoigt(sum.data() + 1, count, -3.0F, 0.4F, 0.05F, 2.0F);
            QCOMPARE(sum.front(), 1.0F);
            QCOMPARE(sum.back(), 1.0F);
            for (std::size_t i = 0; i < count; ++i) {
                const float expected = 2.0F * voigt(0.05F, -3.0F + 0.4F * static_cast<float>(i));
                QVERIFY(std::abs(sum[i + 1] - 1.0F - expected) < 2e-6F);
            }
        }
        std::vector<float> gauss(3, 0.0F);
        addGaussian(gauss.data(), 3, -1.0F, 1.0F, 2.0F);
        QVERIFY(near(gauss[0], 2.0 / std::exp(1.0), 1e-6) && near(gauss[1], 2.0, 1e-6));
        // 5 / (2 + 3 · 4^{5/2}) = 5/98.
        float stark = 0.0F;
        addStark(&stark, 1, -4.0F, 1.0F, 2.0F, 3.0F, 5.0F);
        QVERIFY(near(stark, 5.0 / 98.0, 1e-6));
    }

    // Abramowitz & Stegun, tables 5.1 and 5.4.
    void exponentialIntegralsHaveTheirPublishedValues()
    {
        QVERIFY(near(exponentialIntegral(1, 0.5), 0.559773595, 1e-8));
        QVERIFY(near(exponentialIntegral(1, 2.0), 0.048900511, 1e-7));
        QVERIFY(near(exponentialIntegral(2, 0.1), 0.7225450, 1e-6));
        QVERIFY(near(exponentialIntegral(2, 1.0), 0.1484955, 1e-6));
        QVERIFY(near(exponentialIntegral(3, 0.5), 0.2216044, 1e-6));
        QVERIFY(near(exponentialIntegral(3, 1.0), 0.1096920, 1e-6));
        QVERIFY(near(exponentialIntegral(3, 2.0), 0.0301334, 1e-5));
        QCOMPARE(exponentialIntegral(3, 0.0), 0.5);
    }

    // Air wavelengths: Wiese, Smith & Glennon (1966); He II: NIST ASD. The fine structure of a real
    // line shifts its centre by a few hundredths of an Å against Rydberg's formula.
    void hydrogenicWavelengths_data()
    {
        QTest::addColumn<int>("lower");
        QTest::addColumn<int>("upper");
        QTest::addColumn<int>("charge");
        QTest::addColumn<double>("expected");
        QTest::newRow("H beta") << 2 << 4 << 1 << 4861.33;
        QTest::newRow("H gamma") << 2 << 5 << 1 << 4340.47;
        QTest::newRow("H delta") << 2 << 6 << 1 << 4101.74;
        QTest::newRow("H8") << 2 << 8 << 1 << 3889.05;
        QTest::newRow("He II 4541") << 4 << 9 << 2 << 4541.59;
        QTest::newRow("He II 4200") << 4 << 11 << 2 << 4199.83;
    }
    void hydrogenicWavelengths()
    {
        QFETCH(int, lower);
        QFETCH(int, upper);
        QFETCH(int, charge);
        QFETCH(double, expected);
        const double mass = charge == 1 ? 1.00794 : 4.0026;
        const double wavelength = hydrogenicWavelength(lower, upper, charge, mass);
        QVERIFY2(std::abs(wavelength - expected) < 0.08,
            qPrintable(QString::number(wavelength, 'f', 3)));
    }

    void greyAtmosphereIsThatOfTheTextbook()
    {
        // T(2/3) = T_eff within a percent, T(0) = 0.811 T_eff (Mihalas, ch. 3).
        QVERIFY(near(greyTemperature(6000.0, 2.0 / 3.0), 6000.0, 0.01));
        QVERIFY(near(greyTemperature(6000.0, 0.0), 0.8112 * 6000.0, 2e-3));
        const Atmosphere sun = computeAtmosphere(m_data, *m_rosseland, { 5770.0, 4.44, 1.0 });
        for (std::size_t layer = 1; layer < sun.layers(); ++layer) {
            QVERIFY(sun.gas[layer].temperature > sun.gas[layer - 1].temperature);
            QVERIFY(sun.gas[layer].pressure > sun.gas[layer - 1].pressure);
        }
        // The Sun's gas pressure at optical depth 1 is 1.3e5 dyn/cm² (Gray, table 9.2: log P
        // = 5.1).
        const auto one = static_cast<std::size_t>(
            std::lower_bound(sun.opticalDepth.begin(), sun.opticalDepth.end(), 1.0)
            - sun.opticalDepth.begin());
        QVERIFY2(std::abs(std::log10(sun.gas[one].pressure) - 5.1) < 0.15,
            qPrintable(QString::number(std::log10(sun.gas[one].pressure))));
    }

    // In a hot thin gas electrons alone scatter: σ_T n_e/ρ = 0.34 cm²/g for the Sun's hydrogen.
    void electronsScatterInHotGas()
    {
        const SahaFactors factors = sahaFactors(m_data, 40000.0);
        const GasState gas = solveGas(m_data, factors, 1.0);
        const ContinuumOpacity opacity = ContinuumSources(m_data, factors, gas).at(4500.0);
        QVERIFY(near(opacity.scattering, 0.345, 0.03));
        QVERIFY(opacity.absorption < 0.01 * opacity.scattering);
    }

    // Law of mass action, both partners at 2 and K = 1: x = (2 − x)² → x = 1; equal partners: x =
    // (3 − 2x)² → x = 1.
    void moleculesFollowMassAction()
    {
        QVERIFY(near(boundPairs(2.0, 2.0, 1.0), 1.0, 1e-12));
        QVERIFY(near(boundEqualPairs(3.0, 1.0), 1.0, 1e-12));
        QVERIFY(near(boundPairs(1e10, 5e10, 1e30), 1e10, 1e-6));
        QVERIFY(near(boundPairs(1e10, 5e10, 1e-40), 5e-20, 1e-9));
    }

    void blurKeepsTheLineAndWidensIt()
    {
        const SynthesisGrid grid;
        std::vector<float> fine(grid.points, 1.0F);
        const auto centre
            = static_cast<std::size_t>((4200.0 - grid.firstAngstrom) / grid.stepAngstrom);
        for (std::size_t i = centre - 5; i <= centre + 5; ++i)
            fine[i] = 0.0F;
        const auto pixels = degrade(fine, grid, { 0.0, 1.8 }, spectrum::mkGrid());
        const auto equivalentWidth = [](const std::vector<double>& flux) {
            return 0.5
                * std::accumulate(flux.begin(), flux.end(), 0.0,
                    [](double sum, double value) { return sum + 1.0 - value; });
        };
        QVERIFY(near(equivalentWidth(pixels), 11.0 * grid.stepAngstrom, 0.01));
        // Half the depth at half the width, 0.9 Å from the centre (the line itself is 0.44 Å wide).
        const double depth = 1.0 - pixels[800];
        const double half = 0.5 * ((1.0 - pixels[801]) + (1.0 - pixels[802]));
        QVERIFY(half > 0.4 * depth && half < 0.75 * depth);
        const auto fast = degrade(fine, grid, { 200.0, 1.8 }, spectrum::mkGrid());
        QVERIFY(near(equivalentWidth(fast), 11.0 * grid.stepAngstrom, 0.01));
        QVERIFY(1.0 - fast[800] < 0.7 * depth);
        QCOMPARE(rotationKernel(0.0, 4200.0, 0.04), std::vector<float> { 1.0F });
        // 200 km/s at 4200 Å is 2.80 Å: 70 steps to either side.
        QCOMPARE(rotationKernel(200.0, 4200.0, 0.04).size(), std::size_t(141));
    }

    void damagedTablesAreNamed()
    {
        const test::TemporaryFolder folder;
        const auto missing = readAtomicData(folder.path());
        QVERIFY(!missing && missing.error().code == base::ErrorCode::FileMissing);
        for (const char* name :
            { "elements", "ions", "atomic_lines", "molecular_lines", "tio_heads" })
            std::filesystem::copy_file(
                base::shareFolder() / "synthetic" / (std::string(name) + ".csv"),
                folder / (std::string(name) + ".csv"));
        QVERIFY_RESULT(readAtomicData(folder.path()));
        folder.write("atomic_lines.csv",
            "symbol,stage,lower_ev,upper_ev,log_gf,air_angstrom\nFe,0,0.0,x,-1.0,4000.0\n");
        const auto text = readAtomicData(folder.path());
        QVERIFY(
            !text && base::describe(text.error()).find("atomic_lines.csv") != std::string::npos);
        folder.write("atomic_lines.csv",
            "symbol,stage,lower_ev,upper_ev,log_gf,air_angstrom\nXx,0,0.0,1.0,-1.0,4000.0\n");
        QVERIFY(readAtomicData(folder.path()).error().found == "Xx");
        folder.write("atomic_lines.csv",
            "symbol,stage,lower_ev,upper_ev,log_gf,air_angstrom\nFe,9,0.0,1.0,-1.0,4000.0\n");
        QVERIFY(readAtomicData(folder.path()).error().found == "stage 9");
    }

private:
    AtomicData m_data;
    std::optional<RosselandTable> m_rosseland;
};

QTEST_GUILESS_MAIN(TestSyntheticPhysics)
#include "tst_synthetic_physics.moc"
