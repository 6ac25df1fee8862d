package main
import ("fmt";"os";"time";"runtime";"strings";"strconv"
"github.com/msgraphgen/msgraphgen/generator/openapi"
"github.com/msgraphgen/msgraphgen/generator/model"
"github.com/msgraphgen/msgraphgen/internal/dump")
func main(){
 data,_:=os.ReadFile(os.Args[1])
 var o openapi.Options
 if len(os.Args)>2 && os.Args[2]!="" { asked:=os.Args[2]; o.Path=func(p string) bool { return strings.HasPrefix(asked+"/",p+"/")} }
 n:=1; if len(os.Args)>3 {n,_=strconv.Atoi(os.Args[3])}
 best:=time.Hour
 var m0,m1 runtime.MemStats
 for range n {
 runtime.ReadMemStats(&m0)
 t:=time.Now()
 m,err:=openapi.Parse("x.yml",data,o)
 best=min(best,time.Since(t))
 runtime.ReadMemStats(&m1)
 if err!=nil {fmt.Println(err); return}
 if os.Getenv("DUMP")!="" { model.Link(m); for _,d:=range m.AllProblems(){fmt.Println(d, d.Severity)}; fmt.Println(dump.Text(m,dump.In("x.yml"))); fmt.Println(m.Server)}
 }
 b,_:=os.ReadFile("/proc/self/status")
 for _,l:=range strings.Split(string(b),"\n"){ if strings.HasPrefix(l,"VmHWM"){fmt.Print(l)}}
 fmt.Println(" ",best, (m1.TotalAlloc-m0.TotalAlloc)>>10,"KB alloc")
}
