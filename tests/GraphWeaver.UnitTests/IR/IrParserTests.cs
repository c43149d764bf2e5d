using GraphWeaver.Compiler.IR;
using GraphWeaver.Compiler.IR.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Instruction = GraphWeaver.Compiler.IR.Instruction;

namespace GraphWeaver.UnitTests.IR;

/// <summary>What the parser makes of a text beyond its printing alike, and what it says of a text that is wrong.</summary>
public sealed class IrParserTests
{
    private readonly IrModule ir = new();

    [Theory]
    [InlineData(0x00000000)]
    [InlineData(unchecked((int)0x80000000))]
    [InlineData(0x7f800000)]
    [InlineData(unchecked((int)0xff800000))]
    [InlineData(0x7fc00000)]
    [InlineData(unchecked((int)0xffc00001))]
    [InlineData(0x00000001)]
    [InlineData(0x7f7fffff)]
    [InlineData(0x3dcccccd)]
    public void A_single_keeps_its_bits(int bits) =>
        Assert.Equal(bits, BitConverter.SingleToInt32Bits((float)Literal(new Constant(BitConverter.Int32BitsToSingle(bits), ir.Module.TypeSystem.Single))!));

    [Theory]
    [InlineData(0x0000000000000000)]
    [InlineData(long.MinValue)]
    [InlineData(0x7ff0000000000000)]
    [InlineData(unchecked((long)0xfff8000000000000))]
    [InlineData(0x7ff8000000000123)]
    [InlineData(0x0000000000000001)]
    [InlineData(0x7fefffffffffffff)]
    [InlineData(0x3fb999999999999a)]
    public void A_double_keeps_its_bits(long bits) =>
        Assert.Equal(bits, BitConverter.DoubleToInt64Bits((double)Literal(new Constant(BitConverter.Int64BitsToDouble(bits), ir.Module.TypeSystem.Double))!));

    [Theory]
    [InlineData(0.1, "r8 0.1")]
    [InlineData(1e300, "r8 1E+300")]
    [InlineData(-0.0, "r8 0x8000000000000000")]
    [InlineData(double.NegativeInfinity, "r8 0xfff0000000000000")]
    [InlineData(double.NaN, "r8 0xfff8000000000000")]
    [InlineData(0.1f, "r4 0.1")]
    [InlineData(-0f, "r4 0x80000000")]
    [InlineData(float.PositiveInfinity, "r4 0x7f800000")]
    public void What_has_no_exact_decimal_form_on_every_framework_stands_as_its_bits(object literal, string text)
    {
        var function = ir.Parse("b0:\n  ret\n");
        function.Entry.Terminator.Inputs.Add(new Constant(literal, ir.Module.TypeSystem.Object));
        Assert.Contains($"ret ({text} ", IrWriter.Write(function));
    }

    [Theory]
    [InlineData("")]
    [InlineData("quote \" and \\ backslash")]
    [InlineData("lines\r\nand\ttabs\0")]
    [InlineData("Grüße \u2028 \ud800 \U0001F600")]
    [InlineData(") -> b1, 'x' %y")]
    public void A_string_keeps_its_characters(string text) => Assert.Equal(text, Literal(new Constant(text, ir.Module.TypeSystem.String)));

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(null)]
    public void An_integer_and_null_are_read_as_they_were(object? literal) => Assert.Equal(literal, Literal(new Constant(literal, ir.Module.TypeSystem.Object)));

    [Fact]
    public void Every_prefix_is_read_back()
    {
        var function = ir.Parse("b0:\n  ret\n");
        var prefixes = new Prefixes(Volatile: true, Tail: true, Readonly: true, Unaligned: 2, Constrained: ir.Module.GetType("Pair"));
        function.Entry.Instructions.Add(new Instruction(Code.Nop, null, null, []) { Prefixes = prefixes });
        Assert.Equal(prefixes, RoundTrip(function).Instructions.Single().Prefixes);
    }

    [Fact]
    public void A_structure_the_module_only_names_in_its_tables_is_a_structure()
    {
        var function = ir.Parse("arg0 \"s\" : 'Span'\narg1 \"h\" : \"System.Half\"\nb0:\n  ret\n");
        Assert.All(function.Arguments, argument => Assert.Equal(StackKind.Structure, StackTypes.KindOf(argument.Type!)));
    }

    [Fact]
    public void A_member_of_another_assembly_is_a_reference_in_the_module_s_own_terms()
    {
        var function = ir.Parse("b0:\n  call method \"System.Void System.Collections.Generic.Dictionary`2<System.Int32,!!0[]>::Clear()\" (null 'object')\n  ret\n", Generic);
        var method = function.Instructions.Single().Method!;
        Assert.IsNotType<MethodDefinition>(method);
        Assert.Same(ir.Module, method.DeclaringType.Module);
        Assert.True(method.HasThis);
        Assert.Contains(((TypeReference)method.DeclaringType.GetElementType()).Scope, ir.Module.AssemblyReferences);
        Assert.Equal("System.Collections.Generic.Dictionary`2<System.Int32,TItem[]>", method.DeclaringType.FullName);
    }

    [Theory]
    [InlineData("System.Int32[]")]
    [InlineData("System.Int32[0...,0...]")]
    [InlineData("System.Int32[,][]&")]
    [InlineData("System.Int32**")]
    [InlineData("System.Int32& modreq(System.Runtime.InteropServices.InAttribute)")]
    [InlineData("System.Collections.Generic.Dictionary`2/Enumerator<System.String,!!0>")]
    [InlineData("System.Collections.Generic.List`1<System.ValueTuple`2<Pair,System.Object[]>>[]")]
    [InlineData("fnptr(Default:System.Void(System.Int32,fnptr(C.instance:System.Int64())))")]
    public void A_type_is_read_back(string type)
    {
        var function = ir.Parse($"arg0 \"x\" : \"{type}\"\nb0:\n  ret\n", Generic);
        Assert.Contains($"\"{type}\"", IrWriter.Write(function));
    }

    [Theory]
    [InlineData("", 1, "'function' expected")]
    [InlineData("function \"System.Void Host::Nothing()\"", 1, "no method 'System.Void Host::Nothing()'")]
    [InlineData("H\narg0 \"x\" : \"System.Nothing\"", 2, "no type 'System.Nothing'")]
    [InlineData("H\nslut0 \"x\" : 'int'", 2, "an argument, a slot or a block expected at 'slut0'")]
    [InlineData("H\nb0:\n  frobnicate arg0", 3, "'frobnicate' is no operation")]
    [InlineData("H\nb0:\n  ret\n\n  ret", 5, "no block is open")]
    [InlineData("H\nb0:\n  nop\nb1:\n  ret", 4, "the block before has no terminator")]
    [InlineData("H\nb0:\n  br -> b0\nb0:\n  ret", 4, "block b0 stands twice")]
    [InlineData("H\nb0:\n  br -> b7", 3, "there is no block b7")]
    [InlineData("H\nb0:\n  ret %9", 3, "%9 is not defined")]
    [InlineData("H\nb0:\n  %1 : 'int' = sizeof type 'int'\n  %1 : 'int' = sizeof type 'int'\n  ret", 4, "%1 is defined twice")]
    [InlineData("H\nb0:\n  stloc slot3 (i4 1 'int')\n  ret", 3, "there is no slot3")]
    [InlineData("H\nb0:\n  ret (i4 99999999999 'int')", 3, "")]
    [InlineData("H\nb0:\n  ret (i9 1 'int')", 3, "'i9' is no kind of literal")]
    [InlineData("H\nb0:\n  ret (i4 1 'int'", 3, "')' expected")]
    [InlineData("H\nb0:\n  ret (str \"\\q\" 'string')", 3, "unknown escape '\\q'")]
    [InlineData("H\nb0:\n  ret -> b0 b0", 3, "end of line expected at 'b0'")]
    [InlineData("H\nb0:\n  call method \"System.Void Host::Effect(System.Int64)\" (i8 1 'long')\n  ret", 3, "no method")]
    [InlineData("H\nb0:\n  %1 : 'int' = ldsfld field \"System.Int64 Host::Counter\"\n  ret", 3, "no field")]
    [InlineData("H\narg0 \"x\" : \"System.Int32[\"\nb0:\n  ret", 2, "']' missing")]
    [InlineData("H\narg0 \"x\" : \"System.Int32]\"\nb0:\n  ret", 2, "']' after a type")]
    [InlineData("H\narg0 \"x\" : \"!!0\"\nb0:\n  ret", 2, "has no generic parameter 0")]
    [InlineData("H\ntry0 in try1\nb0:\n  ret", 2, "there is no try1")]
    [InlineData("H\ntry0\nagain1 of try0\nb0:\n  ret", 3, "'again1' is no kind of handler")]
    [InlineData("H\ntry0\nfinally1 of try0\nfault2 of finally1\nb0:\n  ret", 4, "a handler of what is no try")]
    [InlineData("H\nb0 in try0 entry:\n  ret", 2, "there is no try0")]
    [InlineData("H\nb0:\n  %1 : 'Exception' = caught\n  ret", 3, "nothing is caught here")]
    [InlineData("H\nb0:\n  nop", 3, "the last block has no terminator")]
    public void An_error_names_its_line(string text, int line, string message)
    {
        text = IrModule.Expand(text.Replace("H\n", "function \"System.Void Host::Method()\"\n"));
        var exception = Assert.Throws<FormatException>(() => IrParser.Parse(text, ir.Module));
        Assert.StartsWith($"line {line}: ", exception.Message);
        Assert.Contains(message, exception.Message);
    }

    private const string Generic = "System.Void Host::Generic(!!0)";

    private object? Literal(Constant constant)
    {
        var function = ir.Parse("b0:\n  ret\n");
        function.Entry.Terminator.Inputs.Add(constant);
        return ((Constant)RoundTrip(function).Entry.Terminator.Inputs.Single()).Literal;
    }

    private Function RoundTrip(Function function) => IrParser.Parse(IrWriter.Write(function), ir.Module);
}
