using System.Text;

namespace GraphWeaver.Compiler.Operators;

/// <summary>Renders the operator table as the documentation page docs/operators.md; a test keeps the file equal to it.</summary>
public static class OperatorDocumentation
{
    private const string Introduction = """
        # Operators GraphWeaver compiles

        <!-- Written from the operator table by the test `The_operator_page_is_what_the_table_says`;
        GRAPHWEAVER_WRITE_DOCS=1 makes that test write this file anew. -->

        The methods and operators below become part of a kernel, whatever the layout of their tensors: dense, sliced, transposed or
        repeated. Shapes broadcast together as eager broadcasts them (version 11.0.0): from the last dimension on, lengths are equal
        or one of them is 1. An operand is a `Tensor<T>`, a `TensorSpan<T>` or a `ReadOnlyTensorSpan<T>`, whether a local, a
        parameter, a field or a view; a scalar may stand for one of two operands. Everything else that touches a tensor stays ordinary
        .NET.

        **How a kernel runs.** Operators that share tensors are one kernel: one pass that reads each input once and writes each result
        once, with any number of both. The same operator on the same operands is computed once, one nobody asks for not at all. Where
        all tensors are dense and of one shape, a short chain of comparisons says so and the kernel is one loop. Otherwise it goes
        over the broadcast shape row by row: what lies side by side is read in place, anything else is gathered into a buffer of the
        size of a tile; no tensor is copied. What a kernel cannot take (null, empty tensors, shapes that do not fit, more than 8
        dimensions or 2^31 - 1 elements, a result that is smaller than the kernel's shape) is left to the original instructions.
        A tensor that only flows from one kernel to the next comes from a pool: a call allocates its results.

        The forms that take a destination (`Tensor.Add(x, y, destination)`) and the in-place operators (`x += y`, `x++`) are compiled
        too. Several of them on linked tensors are one kernel, which writes each destination once. It asks first whether a
        destination shares memory with another tensor of the kernel; where it does and the order of reading and writing would
        matter, the original instructions run. Where eager may throw on a value (integer division), an operator that writes into
        memory the method did not make itself stays ordinary .NET: nothing could be undone.

        **Types**: *all* means the classes *floating point* (float, double, Half), *signed* (sbyte, short, int, long) and *unsigned*
        (byte, ushort, uint, ulong). Half has no vectors: wherever float and double run in registers, Half runs on tiles of TensorPrimitives,
        as in eager. Integers shorter than int wrap as eager's do: -128 / -1 is -128 for sbyte.

        **Error** is the distance from the eager operator on equal operands, in units of the last place, where the kernel is not
        nearer to the exact value than eager is (the double functions of our own: within that distance of the exact value or of
        eager); *exact* means the same bits (any NaN is a NaN). Operators that run on tiles call the same `TensorPrimitives`
        method as eager; where that one's bits depend on an element's neighbours and on the alignment of memory (a vector with
        one element out of range is computed by other code), so do the kernel's.

        **Gives up** means that the kernel checks for what eager throws on, and then leaves the work to the original
        instructions, which throw.

        A float `Sum` adds the lanes of a vector side by side, then chunks of the tensor in order: its absolute error is at most
        n 2^-24 (float) or n 2^-53 (double) times the sum of the elements' magnitudes, the bound of any order of summation
        (Higham, *Accuracy and Stability of Numerical Algorithms*, section 4.2), and in practice far less than eager's. The
        order depends on the length and the vector width only, never on the number of threads: a machine repeats its bits.
        `Average` is that sum divided by n.

        `Dot`, `Norm` and `Distance` are the sums their formulas say, with that bound in the magnitudes of the terms (the square root halves it,
        relative to the result); `CosineSimilarity` is within 2 n 2^-24 (float) or 2 n 2^-53 (double) of the exact value for tensors that are not
        zero. `StdDev` joins the means and squares of parts of the tensor (Chan, Golub and LeVeque, *Algorithms for computing the
        sample variance*, 1983): its error is at most 2 n 2^-24 (2^-53) times the root of the mean square. Where a square or a sum
        overflows, the result is infinite as eager's is; only where the order of addition decides whether a sum overflows may the two differ.
        Eager squares and adds without scaling, and so do the kernels: the `Norm` of huge values is infinite. `Product` of floats
        multiplies from left to right on one thread: the bits are eager's. What looks for an element (`IndexOfMax`, `MaxMagnitude`, ...) or
        asks a question (`GreaterThanAll`, ...) has eager's answer: the first of equal elements, NaN and signed zeros included.

        A Half `Sum` adds element after element, rounding each time, as eager does: the bits are eager's, and so is the loss (a sum of ones
        ends at 2048). So do `Average`, `Product`, `Dot`, `Norm`, `Distance` and `CosineSimilarity`; a kernel that holds one runs on one
        thread. `StdDev` of Half, which goes over its elements twice, stays ordinary .NET. `Average` throws where the number of elements is no value of the integer
        type (more than 255 bytes); the original instructions do that.

        """;

    /// <summary>The whole page, with line feeds as line ends.</summary>
    public static string Render()
    {
        var page = new StringBuilder(Introduction.Replace("\r\n", "\n"));
        foreach (IGrouping<(string Heading, string Rule), OperatorRow> group in OperatorTable.Rows.Where(row => row.Members.Count > 0).GroupBy(row => Section(row.Kind)))
        {
            page.Append($"\n## {group.Key.Heading}\n\n{group.Key.Rule}\n\n| operator | members | types | result | runs as | error | |\n");
            page.Append("|---|---|---|---|---|---|---|\n");
            foreach (OperatorRow row in group)
            {
                page.Append(Line(row));
            }
        }

        AppendViews(page);
        page.Append("\n## What is no operator\n\nEvery public static method of `Tensor` is a row above or is here.\n\n| members | why |\n|---|---|\n");
        foreach (IGrouping<(ExclusionClass Class, string Reason), ExcludedMember> group in ExcludedMembers.All.GroupBy(member => (member.Class, member.Reason)))
        {
            page.Append($"| {string.Join(", ", group.Select(member => $"`{member.Name}`"))} | {Class(group.Key.Class)}: {group.Key.Reason} |\n");
        }

        return page.ToString();
    }

    private static string Class(ExclusionClass @class) => @class switch
    {
        ExclusionClass.Fallback => "left to .NET",
        ExclusionClass.Random => "random",
        ExclusionClass.Creation => "creation",
        ExclusionClass.Move => "movement",
        _ => "no operation",
    };

    private static void AppendViews(StringBuilder page)
    {
        page.Append("\n## Views\n\n");
        page.Append("A kernel takes what these make by index arithmetic, where only operators of this page see it: no element is copied and no object made.\n");
        page.Append("Ranges and lengths have to be written in the call. Where something else sees the view too, it is an ordinary object.\n\n");
        page.Append("| view | members | eager | |\n|---|---|---|---|\n");
        foreach (ViewRow row in ViewTable.Rows)
        {
            page.Append($"| {row.Name} | {string.Join(", ", row.Members.Select(member => $"`{member}`"))} | {(row.IsCopy ? "copies" : "shares memory")} | {row.Summary} |\n");
        }

        page.Append("\n## Writing into tensors\n\n");
        page.Append("A kernel writes what it has computed straight into the destination; a bare tensor is copied in tiles. Where the memory overlaps what the kernel\n");
        page.Append("reads, the original instructions run.\n\n| member | |\n|---|---|\n");
        foreach (WriteRow row in WriteTable.Rows)
        {
            page.Append($"| `{row.Member}` | {row.Summary} |\n");
        }
    }

    private static string Line(OperatorRow row)
    {
        string members = string.Join(", ", row.Members.Select(member => $"`{member}`"));
        string types = string.Join(", ", Classes(type => row.EmissionFor(type) is not null));
        string result = row.Result switch
        {
            ResultType.Same => "same",
            ResultType.Boolean => "bool",
            ResultType.Int32 => "int",
            ResultType.Index => "nint",
            _ => "second type",
        };
        string forms = row.Lowering is { } lowering ? "the operators " + string.Join(", ", lowering.Rows) : string.Join("; ", new[] { row.FloatingPoint, row.SignedInteger, row.UnsignedInteger }
            .Where(form => form is not null).Select(form => Form(form!)).Distinct());
        string error = row.Kind == OperatorKind.Composite ? "as its operators"
            : row.IsSum ? "see above; integers exact"
            : row.Ulps == 0 ? "exact" : row.Ulps.ToString(System.Globalization.CultureInfo.InvariantCulture) + " ulp";
        string check = row.Check is null ? "" : row.CheckedTypes switch
        {
            CheckedTypes.Integers => "; integers: gives up",
            CheckedTypes.SignedIntegers => "; signed integers: gives up",
            _ => "; gives up",
        };
        return $"| {row.Name} | {members} | {types} | {result} | {forms} | {error} | {row.Summary.Replace("|", "\\|")}{check} |\n";
    }

    /// <summary>Classes of types whose members are all taken, and single types of the others.</summary>
    private static IEnumerable<string> Classes(Func<ElementType, bool> isTaken)
    {
        var classes = new[]
        {
            (Name: "floating point", Types: ElementTypes.Numeric.Where(type => type.IsFloatingPoint()).ToList()),
            (Name: "signed", Types: ElementTypes.Numeric.Where(type => type.IsSignedInteger()).ToList()),
            (Name: "unsigned", Types: ElementTypes.Numeric.Where(type => type.IsUnsignedInteger()).ToList()),
        };
        return ElementTypes.Numeric.All(isTaken) ? ["all"]
            : classes.SelectMany(group => group.Types.All(isTaken) ? [group.Name] : group.Types.Where(isTaken).Select(type => type.Keyword()));
    }

    /// <summary>What the rows of a kind are called together, and what shapes they take and how they fuse.</summary>
    private static (string Heading, string Rule) Section(OperatorKind kind) => kind switch
    {
        OperatorKind.Unary => ("One tensor", "The result has the operand's shape. Fuses with every operator before and after it."),
        OperatorKind.UnaryWithInt32 => ("A tensor and an int", "The result has the operand's shape. Fuses with every operator before and after it."),
        OperatorKind.UnaryWithMode => ("A tensor and a way of rounding", "The result has the operand's shape. Fuses with every operator before and after it."),
        OperatorKind.UnaryWithInt32AndMode => (
            "A tensor, an int and a way of rounding", "The result has the operand's shape. Fuses with every operator before and after it."),
        OperatorKind.Binary => (
            "Two tensors, or a tensor and a scalar", "The result has the shape the operands broadcast to. Fuses with every operator before and after it."),
        OperatorKind.Selection => (
            "Two operands and a tensor of bool that chooses", "The result has the shape the operands broadcast to. Fuses with every operator before and after it."),
        OperatorKind.Reduction => (
            "A tensor to a scalar", "Fuses with the operators that make its operand. What takes the scalar is the next kernel."),
        OperatorKind.BinaryReduction => (
            "Two tensors, or a tensor and a scalar, to a scalar",
            "The operands broadcast together. Fuses with the operators that make them. What takes the scalar is the next kernel."),
        OperatorKind.RowReduction => (
            "Each row of a tensor to one value",
            "A row is the last dimension; another one is left to the original instructions. Fuses with the operators that make its operand and, where\n"
            + "`keepDimensions` is the constant `true`, with those that take its result: a row is gone over again while it is in the cache."),
        OperatorKind.Composite => (
            "Made of other operators", "The result has the operand's shape. Fuses as the operators it is made of do; over another dimension than the last it is a call."),
        OperatorKind.Contraction => (
            "Matrix products and convolutions",
            "Members of `TensorMath`. [..., m, k] and [..., k, n] give [..., m, n]; images [n, c, h, w] and filters [o, c, p, q] give [n, o, i, j]. Element-wise\n"
            + "operators on the result fuse into it: they run on each finished block while it is in the cache. Operands have any layout, and eager runs the same\n"
            + "code. On its own, and where something else sees the result too, it is a library call."),
        OperatorKind.Move => ("Elements of any type moved", "Not part of a kernel: blocks of memory are copied, on several threads. Takes every element type and layout. No warning is told."),
        _ => ("Library calls", "Not part of a kernel: a call runs vectorised code on several threads. No warning is told."),
    };

    private static string Form(CpuEmission emission) => emission.Form switch
    {
        CpuForm.VectorMath => "own vector function",
        CpuForm.Primitive => "tiles of TensorPrimitives",
        CpuForm.OwnTile or CpuForm.TileReduction or CpuForm.OrderedReduction or CpuForm.Fold => "tiles",
        CpuForm.Call => "call",
        _ => "registers",
    };
}
