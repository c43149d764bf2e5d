using MathNet.Numerics;
using MathNet.Numerics.Differentiation;
using MathNet.Numerics.Integration;
using MathNet.Numerics.IntegralTransforms;
using MathNet.Numerics.Interpolation;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double.Solvers;
using MathNet.Numerics.LinearAlgebra.Solvers;
using MathNet.Numerics.OdeSolvers;
using MathNet.Numerics.Optimization;
using MathNet.Numerics.Optimization.TrustRegion;
using MathNet.Numerics.Random;
using MathNet.Numerics.RootFinding;
using MathNet.Numerics.Statistics;
using MathNet.Numerics.Statistics.Mcmc;
using Complex = System.Numerics.Complex;

// Compiled against MathNet.Numerics and loaded beside each of its two builds. What takes functions, or sizes that matter: transforms,
// interpolation, integration, roots, minima, differential equations, large factorisations, solvers, seeded generators.
public static class Analysis
{
    private static readonly double[] Times = [.. Enumerable.Range(0, 12).Select(i => i * 0.7)];
    private static readonly double[] Values = [.. Times.Select(t => Math.Sin(t) + (0.1 * t * t) + 1.5)];
    private static readonly (string Name, Func<double, double> Of)[] Functions =
    [
        ("cubic", x => (x * x * x) - (2 * x) - 5), ("cosine", x => Math.Cos(x) - x), ("exponential", x => Math.Exp(-x * x) - 0.3), ("rootless", x => (x * x) + 1),
    ];

    public static IEnumerable<KeyValuePair<string, Func<object?>>> All() =>
        Transforms().Concat(Interpolations()).Concat(Integrals()).Concat(Roots()).Concat(Minima()).Concat(Equations()).Concat(Algebra()).Concat(Generators()).Concat(Regressions())
            .Select(call => new KeyValuePair<string, Func<object?>>(call.Name, call.Of));

    private static IEnumerable<(string Name, Func<object?> Of)> Transforms()
    {
        foreach (var length in new[] { 1, 2, 3, 4, 5, 7, 8, 11, 13, 16, 17, 30, 31, 32, 64, 97, 100, 127, 128, 360, 509, 512, 1000, 1024 })
        {
            foreach (var options in new[] { FourierOptions.Default, FourierOptions.Matlab, FourierOptions.AsymmetricScaling | FourierOptions.InverseExponent })
            {
                yield return ($"Forward {length} {options}", () => { var x = Signal(length); Fourier.Forward(x, options); return x; });
                yield return ($"Inverse {length} {options}", () => { var x = Signal(length); Fourier.Inverse(x, options); return x; });
                yield return ($"Forward single {length} {options}", () => { var x = SignalOfSingles(length); Fourier.Forward(x, options); return x; });
                yield return ($"Inverse single {length} {options}", () => { var x = SignalOfSingles(length); Fourier.Inverse(x, options); return x; });
                yield return ($"Forward real {length} {options}", () => { var x = Reals(length + 2); Fourier.ForwardReal(x, length, options); return x; });
                yield return ($"Inverse real {length} {options}", () => { var x = Reals(length + 2); Fourier.InverseReal(x, length, options); return x; });
            }

            yield return ($"Parts {length}", () => { var (x, y) = (Reals(length), Reals(length + 1)[1..]); Fourier.Forward(x, y); Fourier.Inverse(y, x); return (x, y); });
            yield return ($"Hartley {length}", () => Hartley.NaiveForward(Reals(Math.Min(length, 64)), HartleyOptions.Default));
            yield return ($"Scale {length}", () => Fourier.FrequencyScale(length, 48));
        }

        yield return ("Forward 2D", () => { var x = Signal(35); Fourier.Forward2D(x, 5, 7); return x; });
        yield return ("Forward 3D", () => { var x = Signal(60); Fourier.ForwardMultiDim(x, [3, 4, 5]); return x; });
        yield return ("Inverse 3D", () => { var x = Signal(60); Fourier.InverseMultiDim(x, [3, 4, 5]); return x; });
        yield return ("Forward 3D of another length", () => { var x = Signal(59); Fourier.ForwardMultiDim(x, [3, 4, 5]); return x; });
        yield return ("Forward matrix", () => { var x = Matrix<Complex>.Build.DenseOfColumnMajor(4, 5, Signal(20)); Fourier.Forward2D(x); return x; });
        yield return ("Forward null", () => { Fourier.Forward((Complex[])null!); return 0; });
    }

    private static IEnumerable<(string Name, Func<object?> Of)> Interpolations()
    {
        var made = new (string Name, Func<IInterpolation> Of)[]
        {
            ("Common", () => Interpolate.Common(Times, Values)), ("Linear", () => Interpolate.Linear(Times, Values)), ("LogLinear", () => Interpolate.LogLinear(Times, Values)),
            ("CubicSpline", () => Interpolate.CubicSpline(Times, Values)), ("Robust", () => Interpolate.CubicSplineRobust(Times, Values)),
            ("Monotone", () => Interpolate.CubicSplineMonotone(Times, Values)), ("Pchip", () => CubicSpline.InterpolatePchipSorted(Times, Values)),
            ("Akima", () => CubicSpline.InterpolateAkimaSorted(Times, Values)), ("Natural", () => CubicSpline.InterpolateNaturalSorted(Times, Values)),
            ("Clamped", () => CubicSpline.InterpolateBoundaries(Times, Values, SplineBoundaryCondition.FirstDerivative, 0.5, SplineBoundaryCondition.SecondDerivative, -0.25)),
            ("Hermite", () => Interpolate.CubicSplineWithDerivatives(Times, Values, Times.Select(Math.Cos))), ("Polynomial", () => Interpolate.Polynomial(Times, Values)),
            ("Equidistant", () => Interpolate.PolynomialEquidistant(Times, Values)), ("Rational", () => Interpolate.RationalWithoutPoles(Times, Values)),
            ("Poles", () => Interpolate.RationalWithPoles(Times, Values)), ("Step", () => Interpolate.Step(Times, Values)), ("Short", () => Interpolate.CubicSplineRobust(Times[..3], Values[..3])),
            ("Uneven", () => Interpolate.Linear(Times, Values[1..])), ("Transformed", () => TransformedInterpolation.Interpolate(Math.Exp, Math.Log, Times, Values)),
        };
        foreach (var (name, of) in made)
        {
            foreach (var t in new[] { -0.5, 0, 0.35, 2.1, 5.33, 7.7, 9, double.NaN })
            {
                yield return ($"{name} at {t}", () => of().Interpolate(t));
                yield return ($"{name} slope at {t}", () => of().Differentiate(t));
                yield return ($"{name} curve at {t}", () => of().Differentiate2(t));
                yield return ($"{name} area to {t}", () => (of().Integrate(t), of().Integrate(0.2, t)));
            }
        }
    }

    private static IEnumerable<(string Name, Func<object?> Of)> Integrals()
    {
        foreach (var (name, f) in Functions)
        {
            foreach (var (from, to) in new[] { (0.0, 1.0), (-1.5, 2.25), (2.0, 2.0), (3.0, -1.0) })
            {
                var place = $"of {name} from {from} to {to}";
                yield return ("OnClosedInterval " + place, () => Integrate.OnClosedInterval(f, from, to));
                yield return ("GaussLegendre " + place, () => Integrate.GaussLegendre(f, from, to, 32));
                yield return ("GaussLegendreRule " + place, () => new GaussLegendreRule(from, to, 17));
                yield return ("GaussKronrod " + place, () => (Integrate.GaussKronrod(f, from, to, out var error, out var norm), error, norm));
                yield return ("DoubleExponential " + place, () => Integrate.DoubleExponential(f, from, to));
                yield return ("Trapezium " + place, () => (NewtonCotesTrapeziumRule.IntegrateComposite(f, from, to, 9), NewtonCotesTrapeziumRule.IntegrateAdaptive(f, from, to, 1e-4)));
                yield return ("Simpson " + place, () => (SimpsonRule.IntegrateComposite(f, from, to, 8), SimpsonRule.IntegrateThreePoint(f, from, to)));
                yield return ("Simpson odd " + place, () => SimpsonRule.IntegrateComposite(f, from, to, 7));
                yield return ("Rectangle " + place, () => Integrate.OnRectangle((x, y) => f(x) * y, from, to, 0, 2, 12));
                yield return ("Contour " + place, () => ContourIntegrate.GaussKronrod(x => new Complex(f(x), x), from, to));
            }

            yield return ("Infinite GaussKronrod of " + name, () => Integrate.GaussKronrod(x => f(x) * Math.Exp(-x * x), double.NegativeInfinity, double.PositiveInfinity));
            yield return ("Fractional of " + name, () => DifferIntegrate.GaussLegendre(f, 1.5, 0.5));
            for (var order = 1; order < 5; order++)
            {
                var degree = order;
                yield return ($"Derivative {order} of {name}", () => (Differentiate.Derivative(f, 0.7, degree), new NumericalDerivative(7, 3).EvaluateDerivative(f, 0.7, degree, 0.01)));
            }
        }

        yield return ("Hessian", () => new NumericalHessian().Evaluate(x => (x[0] * x[1] * x[2]) + Math.Sin(x[2]), [1, 2, 3]));
        yield return ("Jacobian", () => new NumericalJacobian().Evaluate([x => x[0] * x[1], x => Math.Exp(x[0])], [0.5, 2]));
        yield return ("Partial", () => Differentiate.FirstPartialDerivative2Func((x, y) => x * x * y, 1)(2, 3));
    }

    private static IEnumerable<(string Name, Func<object?> Of)> Roots()
    {
        foreach (var (name, f) in Functions)
        {
            Func<double, double> slope = Differentiate.FirstDerivativeFunc(f);
            yield return ("FindRoots of " + name, () => FindRoots.OfFunction(f, -1, 4));
            yield return ("FindRoots by derivative of " + name, () => FindRoots.OfFunctionDerivative(f, slope, -1, 4));
            yield return ("Brent of " + name, () => (Brent.TryFindRoot(f, 0, 3, 1e-10, 100, out var root), root));
            yield return ("Bisection of " + name, () => (Bisection.TryFindRoot(f, 0, 3, 1e-10, 100, out var root), root));
            yield return ("Bisection expanding of " + name, () => Bisection.FindRootExpand(f, 1.5, 1.75));
            yield return ("Newton of " + name, () => (NewtonRaphson.TryFindRoot(f, slope, 2, -5, 5, 1e-10, 50, out var root), root));
            yield return ("Robust Newton of " + name, () => (RobustNewtonRaphson.TryFindRoot(f, slope, 0, 3, 1e-10, 50, 20, out var root), root));
            yield return ("Secant of " + name, () => (Secant.TryFindRoot(f, 1, 2, -5, 5, 1e-10, 50, out var root), root));
            yield return ("Bracket of " + name, () => { var (low, high) = (1.0, 1.25); return (ZeroCrossingBracketing.Expand(f, ref low, ref high, 1.6, 50), low, high); });
            yield return ("Brackets of " + name, () => ZeroCrossingBracketing.FindIntervalsWithin(f, -3, 3, 10).ToList());
        }

        yield return ("Broyden", () => Broyden.FindRoot(x => [(x[0] * x[0]) + x[1] - 3, x[0] - x[1]], [1, 1]));
        yield return ("Broyden rootless", () => Broyden.FindRoot(x => [(x[0] * x[0]) + 1], [1]));
        foreach (var coefficients in new double[][] { [1, 2, 1], [-6, 11, -6, 1], [5, 0, 0, 0, 2], [1], [0, 0, 3], [1, 1e-3, -7, 2, 0, 4] })
        {
            yield return ($"Polynomial {coefficients.Length}", () => FindRoots.Polynomial(coefficients));
            yield return ($"Quadratic {coefficients.Length}", () => FindRoots.Quadratic(coefficients[0], coefficients.Length, 2));
            yield return ($"Cubic {coefficients.Length}", () => (FindRoots.Cubic(coefficients[0], coefficients.Length, -2, 1), Cubic.RealRoots(coefficients[0], -2, coefficients.Length)));
            yield return ($"Chebychev {coefficients.Length}", () => FindRoots.ChebychevPolynomialFirstKind(coefficients.Length, -2, 2));
        }
    }

    private static IEnumerable<(string Name, Func<object?> Of)> Minima()
    {
        static double Valley(Vector<double> x) => (100 * Math.Pow(x[1] - (x[0] * x[0]), 2)) + Math.Pow(1 - x[0], 2);
        static Vector<double> Slope(Vector<double> x) => Vector<double>.Build.DenseOfArray([(-400 * x[0] * (x[1] - (x[0] * x[0]))) - (2 * (1 - x[0])), 200 * (x[1] - (x[0] * x[0]))]);
        static Matrix<double> Curve(Vector<double> x) => Matrix<double>.Build.DenseOfArray(new[,] { { (1200 * x[0] * x[0]) - (400 * x[1]) + 2, -400 * x[0] }, { -400 * x[0], 200 } });
        var (low, high) = (Vector<double>.Build.Dense(2, -3), Vector<double>.Build.Dense(2, 2.5));
        foreach (var (x, y) in new[] { (-1.2, 1.0), (0.0, 0.0), (2.0, 2.0), (1.0, 1.0) })
        {
            var start = Vector<double>.Build.DenseOfArray([x, y]);
            var objective = () => ObjectiveFunction.Gradient(Valley, Slope);
            yield return ($"Simplex from {x}", () => Point(NelderMeadSimplex.Minimum(ObjectiveFunction.Value(Valley), start, 1e-8, 2000)));
            yield return ($"Bfgs from {x}", () => Point(new BfgsMinimizer(1e-6, 1e-6, 1e-6, 500).FindMinimum(objective(), start)));
            yield return ($"Limited Bfgs from {x}", () => Point(new LimitedMemoryBfgsMinimizer(1e-6, 1e-6, 1e-6, 4, 500).FindMinimum(objective(), start)));
            yield return ($"Bounded Bfgs from {x}", () => Point(new BfgsBMinimizer(1e-6, 1e-6, 1e-6, 500).FindMinimum(objective(), low, high, start)));
            yield return ($"Conjugate from {x}", () => Point(new ConjugateGradientMinimizer(1e-6, 500).FindMinimum(objective(), start)));
            yield return ($"Newton from {x}", () => Point(new NewtonMinimizer(1e-6, 500).FindMinimum(ObjectiveFunction.GradientHessian(Valley, Slope, Curve), start)));
            yield return ($"FindMinimum from {x}", () => (FindMinimum.OfFunction((a, b) => (a * a) + (a * b) + (b * b) - a, x, y), FindMinimum.OfFunctionGradient(Valley, Slope, start)));
            yield return ($"Constrained from {x}", () => FindMinimum.OfFunctionConstrained(Valley, low, high, start));
        }

        foreach (var (name, f) in Functions)
        {
            yield return ("Golden section of " + name, () => GoldenSectionMinimizer.Minimum(ObjectiveFunction.ScalarValue(f), -2, 3, 1e-5, 200).MinimizingPoint);
            yield return ("Scalar of " + name, () => (FindMinimum.OfScalarFunctionConstrained(f, -1, 2), FindMinimum.OfScalarFunction(f, 1)));
        }

        var (times, values) = (Vector<double>.Build.DenseOfArray(Times), Vector<double>.Build.DenseOfArray(Values));
        var guess = Vector<double>.Build.DenseOfArray([1, 0.1]);
        Func<IObjectiveModel> model = () => ObjectiveFunction.NonlinearModel((p, t) => (p[0] + (p[1] * t.PointwiseMultiply(t))), times, values);
        yield return ("Levenberg", () => Fitted(new LevenbergMarquardtMinimizer().FindMinimum(model(), guess)));
        yield return ("Dog leg", () => Fitted(new TrustRegionDogLegMinimizer().FindMinimum(model(), guess)));
        yield return ("Newton CG", () => Fitted(new TrustRegionNewtonCGMinimizer().FindMinimum(model(), guess)));
    }

    private static object Point(MinimizationResult result) => (result.MinimizingPoint, result.Iterations, result.ReasonForExit, result.FunctionInfoAtMinimum.Value);

    private static object Fitted(NonlinearMinimizationResult result) => (result.MinimizingPoint, result.StandardErrors, result.Covariance, result.Iterations, result.ReasonForExit);

    private static IEnumerable<(string Name, Func<object?> Of)> Equations()
    {
        Func<double, double, double> f = (t, y) => (t * y) - Math.Sin(y);
        Func<double, Vector<double>, Vector<double>> system = (t, y) => Vector<double>.Build.DenseOfArray([y[1], -y[0] + (0.1 * t)]);
        foreach (var steps in new[] { 5, 16, 100 })
        {
            yield return ($"Runge Kutta 2, {steps}", () => RungeKutta.SecondOrder(1, 0, 2, steps, f));
            yield return ($"Runge Kutta 4, {steps}", () => RungeKutta.FourthOrder(1, 0, 2, steps, f));
            yield return ($"Runge Kutta 2 of a system, {steps}", () => RungeKutta.SecondOrder(Vector<double>.Build.Dense(2, 1), 0, 2, steps, system));
            yield return ($"Runge Kutta 4 of a system, {steps}", () => RungeKutta.FourthOrder(Vector<double>.Build.Dense(2, 1), 0, 2, steps, system));
            yield return ($"Adams 1, {steps}", () => AdamsBashforth.FirstOrder(1, 0, 2, steps, f));
            yield return ($"Adams 2, {steps}", () => AdamsBashforth.SecondOrder(1, 0, 2, steps, f));
            yield return ($"Adams 3, {steps}", () => AdamsBashforth.ThirdOrder(1, 0, 2, steps, f));
            yield return ($"Adams 4, {steps}", () => AdamsBashforth.FourthOrder(1, 0, 2, steps, f));
        }
    }

    private static IEnumerable<(string Name, Func<object?> Of)> Algebra() =>
        Algebra(Matrix<double>.Build, (i, j) => i == j ? 9 + i : Entry(i, j)).Concat(Algebra(Matrix<float>.Build, (i, j) => (float)(i == j ? 9 + i : Entry(i, j))))
            .Concat(Algebra(Matrix<Complex>.Build, (i, j) => new Complex(i == j ? 9 + i : Entry(i, j), Entry(j, i))))
            .Concat(Algebra(Matrix<Complex32>.Build, (i, j) => new Complex32((float)(i == j ? 9 + i : Entry(i, j)), (float)Entry(j, i))))
            .Concat(Solvers());

    private static IEnumerable<(string Name, Func<object?> Of)> Algebra<T>(MatrixBuilder<T> build, Func<int, int, T> entry)
        where T : struct, IEquatable<T>, IFormattable
    {
        foreach (var (rows, columns) in new[] { (1, 1), (7, 7), (9, 5), (5, 9), (33, 33), (70, 40) })
        {
            var name = $"{typeof(T).Name} {rows}x{columns} ";
            Func<Matrix<T>> dense = () => build.Dense(rows, columns, entry);
            Func<Matrix<T>> sparse = () => build.Sparse(rows, columns, (i, j) => (i + j) % 3 == 0 ? entry(i, j) : default);
            Func<Matrix<T>> square = () => dense().ConjugateTransposeThisAndMultiply(dense());
            Func<Vector<T>> side = () => Vector<T>.Build.Dense(rows, i => entry(i, 1));
            yield return (name + "product", () => dense() * dense().Transpose());
            yield return (name + "sparse product", () => sparse() * dense().Transpose());
            yield return (name + "sparse by sparse", () => sparse() * sparse().Transpose());
            yield return (name + "sum", () => dense() + sparse());
            yield return (name + "LU", () => dense().LU().Solve(side()));
            yield return (name + "LU parts", () => (dense().LU().L, dense().LU().U, dense().LU().Determinant));
            yield return (name + "QR", () => dense().QR().Solve(side()));
            yield return (name + "thin QR", () => (dense().QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).Q, dense().QR().R));
            yield return (name + "GramSchmidt", () => dense().GramSchmidt().Solve(side()));
            yield return (name + "SVD", () => (dense().Svd().S, dense().Svd().U, dense().Svd().VT, dense().Svd().Rank));
            yield return (name + "EVD", () => (dense().Evd().EigenValues, dense().Evd().EigenVectors));
            yield return (name + "symmetric EVD", () => (square().Evd().EigenValues, square().Evd().EigenVectors));
            yield return (name + "Cholesky", () => square().Cholesky().Factor);
            yield return (name + "inverse", () => dense().Inverse());
            yield return (name + "pseudo-inverse", () => dense().PseudoInverse());
            yield return (name + "determinant", () => dense().Determinant());
            yield return (name + "norms", () => (dense().L1Norm(), dense().L2Norm(), dense().FrobeniusNorm(), dense().InfinityNorm(), dense().Rank(), dense().ConditionNumber()));
            yield return (name + "kronecker", () => build.Dense(2, 3, entry).KroneckerProduct(sparse().SubMatrix(0, Math.Min(rows, 4), 0, Math.Min(columns, 4))));
            yield return (name + "power", () => dense().Power(3));
            yield return (name + "kernel", () => sparse().Kernel());
            yield return (name + "sparse solve", () => sparse().Solve(side()));
            yield return (name + "text", () => sparse().ToMatrixString(4, 4, "G5", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static IEnumerable<(string Name, Func<object?> Of)> Solvers()
    {
        var preconditioners = new (string Name, Func<IPreconditioner<double>> Make)[]
        {
            ("unit", () => new UnitPreconditioner<double>()), ("diagonal", () => new DiagonalPreconditioner()), ("ILU0", () => new ILU0Preconditioner()),
            ("MILU0", () => new MILU0Preconditioner()),
        };
        var solvers = new (string Name, Func<IIterativeSolver<double>> Make)[]
        {
            ("BiCgStab", () => new BiCgStab()), ("GpBiCg", () => new GpBiCg()), ("TFQMR", () => new TFQMR()), ("MlkBiCgStab", () => new MlkBiCgStab { StartingVectors = Starts() }),
        };
        foreach (var solver in solvers)
        {
            foreach (var preconditioner in preconditioners)
            {
                yield return ($"{solver.Name} with {preconditioner.Name}", () =>
                {
                    var matrix = Matrix<double>.Build.Sparse(20, 20, (i, j) => i == j ? 6 : Math.Abs(i - j) is 1 or 5 ? -1 - (0.1 * i) : 0);
                    var iterator = new Iterator<double>(new IterationCountStopCriterion<double>(200), new ResidualStopCriterion<double>(1e-9), new DivergenceStopCriterion<double>());
                    return (matrix.SolveIterative(Vector<double>.Build.Dense(20, i => 1 + (i * 0.25)), solver.Make(), iterator, preconditioner.Make()), iterator.Status);
                });
            }
        }
    }

    private static IList<Vector<double>> Starts() => [.. Enumerable.Range(1, 3).Select(i => Vector<double>.Build.Dense(20, j => Math.Sin(i * (j + 1))))];

    private static IEnumerable<(string Name, Func<object?> Of)> Generators()
    {
        var generators = new (string Name, Func<int, Random> Make)[]
        {
            ("MersenneTwister", seed => new MersenneTwister(seed)), ("Mcg31m1", seed => new Mcg31m1(seed)), ("Mcg59", seed => new Mcg59(seed)), ("WH1982", seed => new WH1982(seed)),
            ("WH2006", seed => new WH2006(seed)), ("Mrg32k3a", seed => new Mrg32k3a(seed)), ("Palf", seed => new Palf(seed)), ("Xorshift", seed => new Xorshift(seed)),
            ("Xoshiro256StarStar", seed => new Xoshiro256StarStar(seed)), ("SystemRandomSource", seed => new SystemRandomSource(seed)),
        };
        foreach (var (name, make) in generators)
        {
            foreach (var seed in new[] { 42, 0, -7 })
            {
                yield return ($"{name} {seed} doubles", () => make(seed).NextDoubles(700));
                yield return ($"{name} {seed} integers", () => make(seed).NextInt32Sequence(-9, 1000).Take(50).ToList());
                yield return ($"{name} {seed} bytes", () => make(seed).NextBytes(37));
                yield return ($"{name} {seed} others", () => { var random = make(seed); return (random.NextDecimal(), random.NextInt64(), random.NextFullRangeInt32(), random.NextBoolean(), random.Next(5, 5)); });
            }

            yield return ($"{name} shuffled", () => Combinatorics.GeneratePermutation(20, make(42)));
            yield return ($"{name} normal", () => MathNet.Numerics.Distributions.Normal.Samples(make(42), 1, 2).Take(40).ToList());
            yield return ($"{name} gamma", () => MathNet.Numerics.Distributions.Gamma.Samples(make(42), 1.5, 2).Take(40).ToList());
        }

        yield return ("Metropolis", () => new MetropolisHastingsSampler<double>(0.5, x => -x * x, (x, y) => -Math.Abs(x - y), x => x * 0.5, 3) { RandomSource = new MersenneTwister(42) }.Sample(20));
        yield return ("Rejection", () => new RejectionSampler<double>(x => x, x => 1, new GlobalProposalSampler<double>(Fixed(0.1))) { RandomSource = new MersenneTwister(42) }.Sample(10));
        yield return ("Slice", () => new UnivariateSliceSampler(0.1, x => -x * x, 0, 1) { RandomSource = new MersenneTwister(42) }.Sample(20));
        yield return ("Hybrid", () => new UnivariateHybridMC(0, x => -x * x, 5, 0.1, 2, 1, new MersenneTwister(42)).Sample(20));
    }

    private static Func<double> Fixed(double step)
    {
        var at = 0.0;
        return () => at = (at + step) % 1;
    }

    private static IEnumerable<(string Name, Func<object?> Of)> Regressions()
    {
        for (var order = 1; order < 6; order++)
        {
            var degree = order;
            yield return ($"Fit polynomial {order}", () => Fit.Polynomial(Times, Values, degree));
            yield return ($"Fit polynomial {order} by normal equations", () => Fit.Polynomial(Times, Values, degree, MathNet.Numerics.LinearRegression.DirectRegressionMethod.NormalEquations));
            yield return ($"Fit weighted polynomial {order}", () => Fit.PolynomialWeighted(Times, Values, Values, degree));
            yield return ($"Moving {order}", () => (Values.MovingAverage(degree).ToList(), Statistics.MovingAverage(Values, degree)));
            yield return ($"Autocorrelation {order}", () => Correlation.Auto(Values, degree));
        }

        yield return ("Fit line", () => (Fit.Line(Times, Values), Fit.LineThroughOrigin(Times, Values)));
        yield return ("Fit others", () => (Fit.Exponential(Times, Values), Fit.Logarithm(Times[1..], Values[1..]), Fit.Power(Times[1..], Values[1..])));
        yield return ("Fit curve", () => Fit.Curve(Times, Values, (p, t) => p * t, 1));
        yield return ("Fit combination", () => Fit.LinearCombination(Times, Values, Math.Sin, t => t * t, _ => 1));
        yield return ("Fit too few", () => Fit.Polynomial(Times[..2], Values[..2], 5));
        yield return ("Histogram", () => new Histogram(Values, 5).ToString());
        yield return ("Describe", () => new DescriptiveStatistics(Values, increasedAccuracy: true));
        yield return ("Running", () => { var running = new RunningStatistics(Values); running.Push(3); return (running.Kurtosis, running.Skewness, RunningStatistics.Combine(running, running)); });
        yield return ("Correlations", () => (Correlation.Pearson(Times, Values), Correlation.Spearman(Times, Values), Correlation.PearsonMatrix(Times, Values, Values)));
        yield return ("Density", () => KernelDensity.EstimateGaussian(1.5, 0.3, Values));
    }

    private static double Entry(int i, int j) => (((i * 7) + (j * 13)) % 11 * 0.3) - 1.4;

    private static Complex[] Signal(int length) => [.. Enumerable.Range(0, length).Select(i => new Complex(Entry(i, 2), Entry(3, i)))];

    private static Complex32[] SignalOfSingles(int length) => [.. Enumerable.Range(0, length).Select(i => new Complex32((float)Entry(i, 2), (float)Entry(3, i)))];

    private static double[] Reals(int length) => [.. Enumerable.Range(0, length).Select(i => Entry(i, 5))];
}
