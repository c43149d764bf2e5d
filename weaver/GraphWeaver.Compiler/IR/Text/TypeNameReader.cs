using System.Globalization;
using Mono.Cecil;

namespace GraphWeaver.Compiler.IR.Text;

/// <summary>
/// Reads types of <see cref="IrNames"/> from left to right. A <c>&lt;</c> opens generic arguments, but at the start of a simple name it belongs to
/// the name of something a compiler made (<c>&lt;&gt;c</c>, <c>&lt;Main&gt;d__0</c>) up to its closing bracket.
/// </summary>
internal sealed class TypeNameReader(string text, ModuleDefinition module, GenericScope scope)
{
    private int position;

    /// <summary>Reads a text that is one type.</summary>
    /// <exception cref="FormatException">The text is no type, or it names one that is not there.</exception>
    public static TypeReference Read(string text, ModuleDefinition module, GenericScope scope)
    {
        var reader = new TypeNameReader(text, module, scope);
        var type = reader.Type();
        return reader.position == text.Length ? type : throw new FormatException($"'{text[reader.position..]}' after a type");
    }

    /// <summary>Reads the signature of an indirect call into <paramref name="site"/>.</summary>
    public static void ReadSite(string text, ModuleDefinition module, GenericScope scope, IMethodSignature site) =>
        new TypeNameReader(text, module, scope).Site(site);

    /// <summary>Reads <c>(</c>, types, <c>)</c> or another pair of brackets at the start of the text, and how long that was.</summary>
    public static List<TypeReference> ReadList(string text, ModuleDefinition module, GenericScope scope, char close, out int length)
    {
        var reader = new TypeNameReader(text, module, scope) { position = 1 };
        var types = reader.List(close);
        length = reader.position;
        return types;
    }

    private TypeReference Type()
    {
        var type = Head();
        while (position < text.Length)
        {
            if (Take("&"))
            {
                type = new ByReferenceType(type);
            }
            else if (Take("*"))
            {
                type = new PointerType(type);
            }
            else if (Take("["))
            {
                type = Array(type);
            }
            else if (Take(" modreq("))
            {
                type = new RequiredModifierType(List(')').Single(), type);
            }
            else if (Take(" modopt("))
            {
                type = new OptionalModifierType(List(')').Single(), type);
            }
            else
            {
                break;
            }
        }

        return type;
    }

    private TypeReference Head()
    {
        if (Take("!!"))
        {
            return scope.Parameter(ofMethod: true, Digits());
        }

        if (Take("!"))
        {
            return scope.Parameter(ofMethod: false, Digits());
        }

        if (Take("fnptr("))
        {
            var pointer = new FunctionPointerType();
            Site(pointer);
            Expect(")");
            return pointer;
        }

        var name = Name();
        var type = ModuleTypes.Of(module).Find(name) ?? throw new FormatException($"no type '{name}' in {module.Name} and its references");
        if (!Take("<"))
        {
            return type;
        }

        var instance = new GenericInstanceType(type);
        List('>').ForEach(instance.GenericArguments.Add);
        return instance;
    }

    private void Site(IMethodSignature site)
    {
        var colon = text.IndexOf(':', position);
        var convention = colon < 0 ? "" : text[position..colon];
        site.HasThis = convention.EndsWith(".instance", StringComparison.Ordinal);
        site.CallingConvention = Enum.TryParse(convention.Split('.')[0], out MethodCallingConvention known)
            ? known
            : throw new FormatException($"'{convention}' is no calling convention");
        position = colon + 1;
        site.ReturnType = Type();
        Expect("(");
        List(')').ForEach(type => site.Parameters.Add(new ParameterDefinition(type)));
    }

    private List<TypeReference> List(char close)
    {
        var types = new List<TypeReference>();
        if (Take(close.ToString()))
        {
            return types;
        }

        do
        {
            types.Add(Type());
        }
        while (Take(","));

        Expect(close.ToString());
        return types;
    }

    private ArrayType Array(TypeReference element)
    {
        if (Take("]"))
        {
            return new ArrayType(element);
        }

        var end = text.IndexOf(']', position);
        var dimensions = end < 0 ? throw new FormatException($"']' missing in '{text}'") : text[position..end].Split(',');
        position = end + 1;
        var array = new ArrayType(element);
        array.Dimensions.Clear();
        foreach (var dimension in dimensions)
        {
            var bounds = dimension.Split(["..."], StringSplitOptions.None).Select(Bound).ToArray();
            array.Dimensions.Add(new ArrayDimension(bounds[0], bounds.Length > 1 ? bounds[1] : null));
        }

        return array;
    }

    private static int? Bound(string text) => text.Length == 0 ? null : int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private string Name()
    {
        var start = position;
        var atStart = true;
        while (position < text.Length && (atStart || ",&*[]<>() ".IndexOf(text[position]) < 0))
        {
            if (atStart && text[position] == '<')
            {
                SkipBrackets();
            }
            else if (",&*[]<>() ".IndexOf(text[position]) >= 0)
            {
                break;
            }
            else
            {
                position++;
            }

            atStart = text[position - 1] is '.' or '/';
        }

        return position > start ? text[start..position] : throw new FormatException($"a type expected at '{text[position..]}'");
    }

    private void SkipBrackets()
    {
        var depth = 0;
        do
        {
            depth += text[position] switch { '<' => 1, '>' => -1, _ => 0 };
            position++;
        }
        while (depth > 0 && position < text.Length);
    }

    private int Digits()
    {
        var start = position;
        while (position < text.Length && char.IsDigit(text[position]))
        {
            position++;
        }

        return position > start ? int.Parse(text[start..position], CultureInfo.InvariantCulture) : throw new FormatException("a generic parameter's position expected");
    }

    private bool Take(string token)
    {
        if (string.CompareOrdinal(text, position, token, 0, token.Length) != 0)
        {
            return false;
        }

        position += token.Length;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw new FormatException($"'{token}' expected at '{text[position..]}'");
        }
    }
}
