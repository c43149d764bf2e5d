using System.Collections;
using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using System.Text;
using GraphWeaver.DifferentialTests.Harness;

namespace GraphWeaver.DifferentialTests.Fallback;

/// <summary>
/// What one build does with a case: two calls with equal, fresh arguments, what their results share, then everything mutable in both results is
/// damaged and a third call is made under a culture of other digits and signs. A stale value, a shared object and a leaked mutation all show.
/// </summary>
internal sealed record CaseRun(IReadOnlyList<Observation> Calls, string Shared)
{
    private static readonly CultureInfo Altered = Alter();

    public static CaseRun Of(CaseAssembly assembly, Case named, int arguments)
    {
        var first = Call(assembly, named, arguments, CultureInfo.InvariantCulture, out var firstValue);
        var second = Call(assembly, named, arguments, CultureInfo.InvariantCulture, out var secondValue);
        var earlier = new HashSet<object>(ValueText.Read(firstValue).Mutable, ReferenceEqualityComparer.Instance);
        var later = ValueText.Read(secondValue).Mutable.ToList();
        var shared = string.Join(", ", later.Select((item, index) => (item, index)).Where(pair => earlier.Contains(pair.item)).Select(pair => $"{pair.index} {pair.item.GetType()}"));
        earlier.Concat(later).ToList().ForEach(Damage);
        var third = Call(assembly, named, arguments, Altered, out _);
        return new CaseRun([first, second, third], shared);
    }

    private static Observation Call(CaseAssembly assembly, Case named, int arguments, CultureInfo culture, out object? value)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return assembly.Call(named, assembly.Arguments(named)[arguments], out value);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static void Damage(object item)
    {
        switch (item)
        {
            case Array array:
                Array.Clear(array);
                break;
            case ITensor { IsReadOnly: false } tensor:
                tensor.Clear();
                break;
            case StringBuilder text:
                text.Clear();
                break;
            case IList { IsReadOnly: false, IsFixedSize: false } list:
                list.Clear();
                break;
            case IEnumerable collection:
                collection.GetType().GetMethod("Clear", [])?.Invoke(collection, []);
                break;
            default:
                foreach (var field in item.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(field => !field.IsInitOnly))
                {
                    field.SetValue(item, null);
                }

                break;
        }
    }

    private static CultureInfo Alter()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "~";
        culture.NumberFormat.CurrencySymbol = "kr";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        culture.DateTimeFormat.LongTimePattern = "HH'h'mm";
        return culture;
    }
}
